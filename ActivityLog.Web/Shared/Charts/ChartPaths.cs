using System.Globalization;
using System.Text;

namespace ActivityLog.Web.Shared.Charts;

/// <summary>The drawing of columns and lines: an SVG path a series, in a box as wide as <see cref="PlaceWidth"/> a place and <see cref="Height"/> high.</summary>
public sealed class ChartPaths
{
    /// <summary>Width of a place in the box.</summary>
    public const int PlaceWidth = 100;

    /// <summary>Height of the box.</summary>
    public const int Height = 1000;

    private const int Gap = 16;
    private readonly ChartData _data;
    private readonly double[] _filled;

    /// <param name="data">What is drawn; of a stack only what is above zero.</param>
    public ChartPaths(ChartData data)
    {
        _data = data;
        _filled = new double[data.Bars.Count];
        var largest = data.IsAdditive
            ? data.Bars.Select((_, bar) => data.Series.Sum(series => Positive(series.Values[bar]))).DefaultIfEmpty().Max()
            : data.Series.SelectMany(static series => series.Values).Max() ?? 0;
        Scale = new AxisScale(largest, data.Measure);
        Paths = [.. data.Series.Select(series => data.IsAdditive ? Columns(series) : Line(series))];
    }

    /// <summary>The axis of the values.</summary>
    public AxisScale Scale { get; }

    /// <summary>A path a series, in their order.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>How high a place is filled, as a part of the axis, 0 to 1.</summary>
    public double FilledTo(int bar) => _data.IsAdditive
        ? _filled[bar] / Scale.Top
        : (_data.Series.Max(series => series.Values[bar]) ?? 0) / Scale.Top;

    private string Columns(ChartSeries series)
    {
        var path = new StringBuilder();
        for (var bar = 0; bar < series.Values.Count; bar++)
        {
            var value = Positive(series.Values[bar]);
            if (value > 0)
            {
                var (from, to) = (Y(_filled[bar]), Y(_filled[bar] + value));
                path.Append(CultureInfo.InvariantCulture, $"M{bar * PlaceWidth + Gap} {from:0.#}V{to:0.#}h{PlaceWidth - 2 * Gap}V{from:0.#}z");
                _filled[bar] += value;
            }
        }

        return path.ToString();
    }

    // A point without neighbours is a line of no length, which round ends make a dot.
    private string Line(ChartSeries series)
    {
        var path = new StringBuilder();
        for (var bar = 0; bar < series.Values.Count; bar++)
        {
            if (series.Values[bar] is { } value)
            {
                var isFirst = bar == 0 || series.Values[bar - 1] is null;
                path.Append(CultureInfo.InvariantCulture, $"{(isFirst ? 'M' : 'L')}{(bar + 0.5) * PlaceWidth:0} {Y(value):0.#}");
                if (isFirst && (bar + 1 == series.Values.Count || series.Values[bar + 1] is null))
                {
                    path.Append("h0");
                }
            }
        }

        return path.ToString();
    }

    private double Y(double value) => Height * (1 - value / Scale.Top);

    private static double Positive(double? value) => Math.Max(value ?? 0, 0);
}
