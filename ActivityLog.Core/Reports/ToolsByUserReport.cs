using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Tools by person.</summary>
internal sealed class ToolsByUserReport(SqlDatabase database, TimeProvider clock) : ToolReport(database, clock)
{
    private static readonly ReportColumn s_tool = new("tool", "Tool", ReportColumnKind.Tool) { Filter = "toolName" };

    public override ReportInfo Info { get; } = new(
        "tools-by-user", "Tools by user", "How often each person's agents used each tool, how it ended and how long it took.", ReportGroup.Tools, ReportChartKind.Bars)
    {
        Measure = ReportColumnKind.Count,
        Behind = "type=ai.tool",
        Note = Note,
    };

    protected override FigureBy By => FigureBy.Tool | FigureBy.User;

    protected override IReadOnlyList<ReportColumn> Of { get; } = [CostTable.User, s_tool];

    protected override IReadOnlyList<string?> CellsOf(FigureKey key) => [key.User, key.Tool];
}
