namespace ActivityLog.Core.Reports;

/// <summary>Cost by model.</summary>
internal sealed class CostByModelReport(SpendStore spend, TimeProvider clock) : CostByNameReport(spend, clock)
{
    public override ReportInfo Info { get; } = new(
        "cost-by-model", "Cost by model", "What each model cost, with its calls and tokens.", ReportGroup.Cost, ReportChartKind.Bars);

    protected override SpendBy By => SpendBy.Model;

    protected override ReportColumn ColumnOf(ReportQuery query) => CostTable.Model;
}
