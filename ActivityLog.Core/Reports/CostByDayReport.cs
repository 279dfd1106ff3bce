namespace ActivityLog.Core.Reports;

/// <summary>Cost by day; the chart tells the models apart.</summary>
internal sealed class CostByDayReport(SpendStore spend, TimeProvider clock) : CostOverDaysReport(spend, clock)
{
    public override ReportInfo Info { get; } = new("cost-by-day", "Cost by day", "What each day cost.", ReportGroup.Cost, ReportChartKind.StackedDays)
    {
        Series = ReportColumnKind.Model,
    };

    protected override ReportColumn? Column => null;

    protected override SpendBy By => SpendBy.Model;

    /// <summary>The chart's series of spend by day and model: one a model and source, largest first.</summary>
    public static IReadOnlyList<ReportSeries> Series(IReadOnlyList<SpendRow> rows, IReadOnlyList<DateOnly> days) => Series(rows, static row => row.Model, days);
}
