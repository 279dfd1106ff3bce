namespace ActivityLog.Core.Reports;

/// <summary>Cost by person on each day.</summary>
internal sealed class CostByUserAndDayReport(SpendStore spend, TimeProvider clock) : CostOverDaysReport(spend, clock)
{
    public override ReportInfo Info { get; } = new(
        "cost-by-user-and-day", "Cost by user and day", "What each person's calls cost on each day.", ReportGroup.Cost, ReportChartKind.StackedDays)
    {
        Series = ReportColumnKind.User,
    };

    protected override ReportColumn? Column => CostTable.User;

    protected override SpendBy By => SpendBy.User;
}
