using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Code by person.</summary>
internal sealed class CodeByUserReport(SqlDatabase database, TimeProvider clock) : CodeReport(database, clock)
{
    public override ReportInfo Info { get; } = new(
        "code-by-user", "Code by user", "Lines, commits and pull requests of each person's agents, and what each of them cost.", ReportGroup.Code, ReportChartKind.Bars)
    {
        Measure = ReportColumnKind.Count,
        Note = Note,
    };

    protected override bool IsByUser => true;
}
