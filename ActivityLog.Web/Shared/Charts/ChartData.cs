namespace ActivityLog.Web.Shared.Charts;

/// <summary>What <see cref="ReportChart"/> draws and writes as a table.</summary>
/// <param name="Shape">How it is drawn.</param>
/// <param name="Measure">What the values are.</param>
/// <param name="Bars">The places, in their order on the axis.</param>
/// <param name="Series">The series, the largest first; it lies at the bottom of a stack.</param>
/// <param name="UnfinishedBar">Index of the place that still grows; null when there is none.</param>
public sealed record ChartData(
    ChartShape Shape, ChartMeasure Measure, IReadOnlyList<ChartBar> Bars, IReadOnlyList<ChartSeries> Series, int? UnfinishedBar = null)
{
    /// <summary>Most series with a colour of their own.</summary>
    public const int MaxSeries = 8;

    /// <summary>What the rest is called.</summary>
    public const string Other = "Other";

    /// <summary>Names of series that are left out, for there are more than can be told apart. Of what adds up there are none: there the rest is a series.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Whether values of a place may be added up; not of lines.</summary>
    public bool IsAdditive => Shape != ChartShape.Lines;

    /// <summary>Sum over everything.</summary>
    public double Total { get; } = Series.Sum(static series => series.Total);

    /// <summary>Whether there is anything to draw.</summary>
    public bool IsEmpty => Series.All(static series => series.Values.All(static value => value is null or 0));

    /// <summary>Sum of a place over its series.</summary>
    public double BarTotal(int bar) => Series.Sum(series => series.Values[bar] ?? 0);

    /// <summary>
    /// Stacks cells (place, series, value). At most <see cref="MaxSeries"/> series, ordered by their total; what is left is one series, last and grey.
    /// </summary>
    /// <param name="shape">Columns or bars.</param>
    /// <param name="measure">What the values are.</param>
    /// <param name="bars">The places, in their order.</param>
    /// <param name="cells">Index of the place, name of the series, value. Several cells of the same place add up.</param>
    /// <param name="color">CSS variable of a series' colour, by its name and its rank.</param>
    /// <param name="unfinishedBar">Index of the place that still grows.</param>
    /// <param name="keepOrder">Whether the series stay in the order of the cells: kinds that have one order everywhere.</param>
    public static ChartData Stack(
        ChartShape shape,
        ChartMeasure measure,
        IReadOnlyList<ChartBar> bars,
        IEnumerable<(int Bar, string Series, double Value)> cells,
        Func<string, int, string> color,
        int? unfinishedBar = null,
        bool keepOrder = false)
    {
        var names = new List<string>();
        var values = new Dictionary<string, double?[]>(StringComparer.Ordinal);
        foreach (var (bar, name, value) in cells)
        {
            if (!values.TryGetValue(name, out var row))
            {
                names.Add(name);
                values[name] = row = new double?[bars.Count];
            }

            row[bar] = (row[bar] ?? 0) + value;
        }

        var used = names.Where(name => values[name].Any(static value => value is not null and not 0));
        var ordered = (keepOrder ? used : used.OrderByDescending(name => values[name].Sum()).ThenBy(static name => name, StringComparer.Ordinal))
            .Select((name, rank) => new ChartSeries(name, color(name, rank), values[name]))
            .ToList();
        if (ordered.Count > MaxSeries)
        {
            var rest = ordered[(MaxSeries - 1)..];
            double?[] sums = [.. Enumerable.Range(0, bars.Count).Select(bar => rest.Sum(series => series.Values[bar]))];
            ordered = [.. ordered[..(MaxSeries - 1)], new ChartSeries(Other, "--al-other", sums, IsRest: true)];
        }

        return new ChartData(shape, measure, bars, ordered, unfinishedBar);
    }
}
