using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Tools.</summary>
internal sealed class ToolsReport(SqlDatabase database, TimeProvider clock) : ToolReport(database, clock)
{
    private static readonly ReportColumn s_tool = new("tool", "Tool", ReportColumnKind.Tool) { Filter = "toolName" };

    public override ReportInfo Info { get; } = new("tools", "Tools", "How often each tool was used, how it ended and how long it took.", ReportGroup.Tools, ReportChartKind.Bars)
    {
        Measure = ReportColumnKind.Count,
        Behind = "type=ai.tool",
        Note = Note,
    };

    protected override FigureBy By => FigureBy.Tool;

    protected override IReadOnlyList<ReportColumn> Of { get; } = [s_tool];

    protected override IReadOnlyList<string?> CellsOf(FigureKey key) => [key.Tool];
}
