namespace ActivityLog.Web.Shared.Charts;

/// <summary>What js/charts.js needs to have a chart drawn, as JSON.</summary>
/// <param name="Shape">How, in lower case.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Top">The value at the end of the axis, which begins at zero.</param>
/// <param name="Levels">What stands at the levels of the axis, from zero up, evenly apart.</param>
/// <param name="Places">What stands below or beside each place; empty for nothing.</param>
/// <param name="NarrowPlaces">The same where there is little room.</param>
/// <param name="Unfinished">Index of the place that still grows; null when there is none.</param>
/// <param name="Series">The series, the first at the bottom of a stack.</param>
internal sealed record ChartDrawing(
    string Shape,
    int Height,
    double Top,
    IReadOnlyList<string> Levels,
    IReadOnlyList<string> Places,
    IReadOnlyList<string> NarrowPlaces,
    int? Unfinished,
    IReadOnlyList<ChartDrawing.Line> Series)
{
    /// <summary>The drawing of what a chart shows.</summary>
    public static ChartDrawing Of(ChartData data, int height)
    {
        var largest = data.IsAdditive
            ? Enumerable.Range(0, data.Bars.Count).Select(bar => data.Series.Sum(series => Math.Max(series.Values[bar] ?? 0, 0))).DefaultIfEmpty().Max()
            : data.Series.SelectMany(static series => series.Values).Max() ?? 0;
        var scale = new AxisScale(largest, data.Measure);
        return new(
            data.Shape.ToString().ToLowerInvariant(),
            height,
            scale.Top,
            [.. scale.Levels.Select(level => MeasureText.Axis(data.Measure, level))],
            [.. data.Bars.Select(static bar => bar.Tick)],
            [.. data.Bars.Select(static bar => bar.TickWhenNarrow ? bar.Tick : "")],
            data.UnfinishedBar,
            [.. data.Series.Select(static series => new Line(series.Name, series.Color, series.IsLight, series.Values))]);
    }

    /// <summary>A series: its name, the CSS variable of its colour, whether it is drawn lighter, and its values.</summary>
    internal sealed record Line(string Name, string Color, bool IsLight, IReadOnlyList<double?> Values);
}
