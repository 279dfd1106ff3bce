namespace ActivityLog.Web.Shared.Charts;

/// <summary>Stacked bars: what <see cref="ReportChart"/> draws and writes as a table.</summary>
/// <param name="Measure">What the values are.</param>
/// <param name="Bars">The bars, in their order on the axis.</param>
/// <param name="Series">The series, the largest first; it lies at the bottom of the stack.</param>
/// <param name="UnfinishedBar">Index of the bar that still grows; null when there is none.</param>
public sealed record ChartData(ChartMeasure Measure, IReadOnlyList<ChartBar> Bars, IReadOnlyList<ChartSeries> Series, int? UnfinishedBar = null)
{
    /// <summary>Most series with a colour of their own.</summary>
    public const int MaxSeries = 8;

    /// <summary>What the rest is called.</summary>
    public const string Other = "other";

    /// <summary>Sum over everything.</summary>
    public long Total { get; } = Series.Sum(static series => series.Total);

    /// <summary>Whether there is anything to draw.</summary>
    public bool IsEmpty => Series.All(static series => series.Total == 0);

    /// <summary>Sum of a bar over its series.</summary>
    public long BarTotal(int bar) => Series.Sum(series => series.Values[bar]);

    /// <summary>
    /// Stacks cells (bar, series, value). At most <see cref="MaxSeries"/> series, ordered by their total; what is left is one series, last and grey.
    /// </summary>
    /// <param name="measure">What the values are.</param>
    /// <param name="bars">The bars, in their order.</param>
    /// <param name="cells">Index of the bar, name of the series, value. Several cells of the same place add up.</param>
    /// <param name="colors">Series name to CSS variable; a name without one is grey.</param>
    /// <param name="unfinishedBar">Index of the bar that still grows.</param>
    public static ChartData Stack(
        ChartMeasure measure, IReadOnlyList<ChartBar> bars, IEnumerable<(int Bar, string Series, long Value)> cells, IReadOnlyDictionary<string, string> colors, int? unfinishedBar = null)
    {
        var values = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var (bar, name, value) in cells)
        {
            if (!values.TryGetValue(name, out var row))
            {
                values[name] = row = new long[bars.Count];
            }

            row[bar] += value;
        }

        var ordered = values
            .Where(static pair => pair.Value.Any(static value => value != 0))
            .Select(pair => new ChartSeries(pair.Key, colors.GetValueOrDefault(pair.Key, "--al-other"), pair.Value))
            .OrderByDescending(static series => series.Total).ThenBy(static series => series.Name, StringComparer.Ordinal)
            .ToList();
        if (ordered.Count > MaxSeries)
        {
            var rest = ordered[(MaxSeries - 1)..];
            var sums = Enumerable.Range(0, bars.Count).Select(bar => rest.Sum(series => series.Values[bar])).ToArray();
            ordered = [.. ordered[..(MaxSeries - 1)], new ChartSeries(Other, "--al-other", sums, IsRest: true)];
        }

        return new ChartData(measure, bars, ordered, unfinishedBar);
    }
}
