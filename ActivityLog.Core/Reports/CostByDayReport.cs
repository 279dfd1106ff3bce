using System.Globalization;

namespace ActivityLog.Core.Reports;

/// <summary>Cost by day, told apart by model: a row a day, model and source; a column a day, a segment a model.</summary>
internal sealed class CostByDayReport(SpendStore spend, TimeProvider clock) : IReport
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <inheritdoc/>
    public ReportInfo Info { get; } = new("cost-by-day", "Cost by day", "What each day cost, by model.", ReportGroup.Cost, ReportChartKind.StackedDays)
    {
        Series = ReportColumnKind.Model,
    };

    /// <summary>The chart's series of spend by day and model: one a model and source, largest first.</summary>
    public static IReadOnlyList<ReportSeries> Series(IReadOnlyList<SpendRow> rows, IReadOnlyList<DateOnly> days) =>
    [
        .. rows.GroupBy(static row => (row.Model, row.Source))
            .OrderByDescending(static series => SpendUsage.Sum(series).CostNanodollars)
            .ThenBy(static series => series.Key.Model, StringComparer.Ordinal).ThenBy(static series => series.Key.Source, StringComparer.Ordinal)
            .Select(series =>
            {
                var costs = series.GroupBy(static row => row.Day).ToDictionary(static day => day.Key!.Value, static day => SpendUsage.Sum(day).CostNanodollars);
                return new ReportSeries(series.Key.Model, series.Key.Source, [.. days.Select(day => (double?)costs.GetValueOrDefault(day))]);
            }),
    ];

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var before = PeriodBefore.Of(query, clock);
        var rows = (await spend.ReadAsync(query, SpendBy.Day | SpendBy.Model, cancellationToken))
            .OrderBy(static row => row.Day).ThenByDescending(static row => row.Usage.CostNanodollars)
            .ThenBy(static row => row.Model, StringComparer.Ordinal).ThenBy(static row => row.Source, StringComparer.Ordinal)
            .ToList();
        var totalBefore = before is null ? default(SpendUsage?) : SpendUsage.Sum(await spend.ReadAsync(before, SpendBy.Nothing, cancellationToken));

        var total = SpendUsage.Sum(rows);
        var days = ReportDays.Of(query, rows.Select(static row => row.Day!.Value), clock);
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = CostTable.Columns(CostTable.Day, CostTable.Model),
            // A day of one model has no counterpart in the period before; only the whole is compared.
            Rows = [.. rows.Select(row => CostTable.Row([Format(row.Day!.Value), row.Model], row.Source, row.Usage, null, total.CostNanodollars))],
            Total = CostTable.Row([null, null], null, total, totalBefore?.CostNanodollars, total.CostNanodollars),
            PreviousTotal = totalBefore is { } usage ? CostTable.Row([null, null], null, usage, null, usage.CostNanodollars) : null,
            Categories = [.. days.Select(Format)],
            Series = Series(rows, days),
        };
    }

    private static string Format(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
