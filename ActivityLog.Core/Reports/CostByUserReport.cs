namespace ActivityLog.Core.Reports;

/// <summary>Cost by person.</summary>
internal sealed class CostByUserReport(SpendStore spend, TimeProvider clock) : CostByNameReport(spend, clock)
{
    public override ReportInfo Info { get; } = new(
        "cost-by-user", "Cost by user", "What each person's calls cost, with their number and tokens.", ReportGroup.Cost, ReportChartKind.Bars);

    protected override SpendBy By => SpendBy.User;

    protected override ReportColumn ColumnOf(ReportQuery query) => CostTable.User;
}
