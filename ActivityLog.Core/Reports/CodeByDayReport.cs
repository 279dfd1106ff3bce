using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Code by day.</summary>
internal sealed class CodeByDayReport(SqlDatabase database, TimeProvider clock) : CodeReport(database, clock)
{
    public override ReportInfo Info { get; } = new(
        "code-by-day", "Code by day", "Lines, commits and pull requests of each day, and what each of them cost.", ReportGroup.Code, ReportChartKind.StackedDays)
    {
        Measure = ReportColumnKind.Count,
        Note = Note,
    };

    protected override bool IsByUser => false;
}
