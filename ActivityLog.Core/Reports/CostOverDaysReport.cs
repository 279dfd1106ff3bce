using System.Globalization;
using System.Runtime.InteropServices;

namespace ActivityLog.Core.Reports;

/// <summary>Cost over time: a column a day, a segment a model or person; a row a day, or a row for each of them on each day, told apart by source.</summary>
internal abstract class CostOverDaysReport(SpendStore spend, TimeProvider clock) : IReport
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <inheritdoc/>
    public abstract ReportInfo Info { get; }

    /// <summary>The column of the names, where the rows are told apart by them; null where a row is a day.</summary>
    protected abstract ReportColumn? Column { get; }

    /// <summary>What the names, and the chart's series, are of.</summary>
    protected abstract SpendBy By { get; }

    /// <summary>A day as reports write it.</summary>
    public static string Format(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>The chart's series of spend by day and a name: one a name and source, largest first.</summary>
    public static IReadOnlyList<ReportSeries> Series(IEnumerable<SpendRow> rows, Func<SpendRow, string?> nameOf, IReadOnlyList<DateOnly> days)
    {
        var places = days.Select(static (day, place) => (day, place)).ToDictionary(static one => one.day, static one => one.place);
        return
        [
            .. rows.GroupBy(row => (Name: nameOf(row), row.Source))
                .OrderByDescending(static series => SpendUsage.Sum(series).CostNanodollars)
                .ThenBy(static series => series.Key.Name, StringComparer.Ordinal).ThenBy(static series => series.Key.Source, StringComparer.Ordinal)
                .Select(series =>
                {
                    var usages = new SpendUsage[days.Count];
                    foreach (var row in series)
                    {
                        usages[places[row.Day!.Value]] += row.Usage;
                    }

                    return new ReportSeries(series.Key.Name, series.Key.Source, [.. usages.Select(static usage => (double?)usage.CostNanodollars)]);
                }),
        ];
    }

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var (spent, spentBefore) = await PeriodBefore.ReadAsync(
            query, clock, (of, isBefore) => spend.ReadAsync(of, isBefore ? SpendBy.Nothing : SpendBy.Day | By, cancellationToken));
        var totalBefore = spentBefore is null ? default(SpendUsage?) : SpendUsage.Sum(spentBefore);

        Dictionary<(DateOnly Day, string? Name, string Source), SpendUsage> usages = [];
        foreach (var row in spent)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(usages, (row.Day!.Value, Column is null ? null : NameOf(row), row.Source), out _) += row.Usage;
        }

        var rows = usages.OrderBy(static row => row.Key.Day).ThenByDescending(static row => row.Value.CostNanodollars)
            .ThenBy(static row => row.Key.Name, StringComparer.Ordinal).ThenBy(static row => row.Key.Source, StringComparer.Ordinal);
        var total = SpendUsage.Sum(spent);
        var days = ReportDays.Of(query, spent.Select(static row => row.Day!.Value), clock);
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = CostTable.Columns(Column is null ? [CostTable.Day] : [CostTable.Day, Column]),
            // A day has no counterpart in the period before; only the whole is compared.
            Rows = [.. rows.Select(row => CostTable.Row(Of(Format(row.Key.Day), row.Key.Name), row.Key.Source, row.Value, null, total.CostNanodollars))],
            Total = CostTable.Row(Of(null, null), null, total, totalBefore?.CostNanodollars, total.CostNanodollars),
            PreviousTotal = totalBefore is { } usage ? CostTable.Row(Of(null, null), null, usage, null, usage.CostNanodollars) : null,
            Categories = [.. days.Select(Format)],
            Series = Series(spent, NameOf, days),
        };
    }

    private string? NameOf(SpendRow row) => By == SpendBy.Model ? row.Model : row.User;

    private IReadOnlyList<object?> Of(string? day, string? name) => Column is null ? [day] : [day, name];
}
