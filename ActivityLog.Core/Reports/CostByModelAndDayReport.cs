namespace ActivityLog.Core.Reports;

/// <summary>Cost by model on each day.</summary>
internal sealed class CostByModelAndDayReport(SpendStore spend, TimeProvider clock) : CostOverDaysReport(spend, clock)
{
    public override ReportInfo Info { get; } = new(
        "cost-by-model-and-day", "Cost by model and day", "What each model cost on each day.", ReportGroup.Cost, ReportChartKind.StackedDays)
    {
        Series = ReportColumnKind.Model,
    };

    protected override ReportColumn? Column => CostTable.Model;

    protected override SpendBy By => SpendBy.Model;
}
