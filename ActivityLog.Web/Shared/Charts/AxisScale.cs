namespace ActivityLog.Web.Shared.Charts;

/// <summary>The levels of an axis from zero: three or four steps of a round size, the last at or above the largest value.</summary>
public sealed class AxisScale
{
    private const int MostSteps = 4;
    private static readonly double[] s_round = [1, 2, 2.5, 5, 10];
    private static readonly double[] s_roundSeconds = [1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000];

    /// <param name="largest">The largest value; where nothing is above zero, that is the only level.</param>
    /// <param name="measure">What the values are: counts have no halves, times are round in seconds and minutes, shares end at one.</param>
    public AxisScale(double largest, ChartMeasure measure)
    {
        if (largest <= 0)
        {
            Levels = [0];
            return;
        }

        var step = measure == ChartMeasure.Share && largest is > 0.8 and <= 1 ? 0.25 : Step(largest, measure);
        var steps = Math.Max(1, (int)Math.Ceiling((largest / step) - 1e-9));
        Levels = [.. Enumerable.Range(0, steps + 1).Select(level => level * step)];
    }

    /// <summary>The levels, from zero up.</summary>
    public IReadOnlyList<double> Levels { get; }

    /// <summary>The value at the end of the axis, above zero.</summary>
    public double Top => Levels.Count > 1 ? Levels[^1] : 1;

    private static double Step(double largest, ChartMeasure measure)
    {
        var least = largest / MostSteps;
        if (measure == ChartMeasure.Duration && least > 500 && s_roundSeconds.FirstOrDefault(step => step >= least) is > 0 and var time)
        {
            return time;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var round = power * s_round.First(step => step * power >= least * (1 - 1e-9));
        return measure is ChartMeasure.Count or ChartMeasure.Tokens ? Math.Max(1, Math.Ceiling(round)) : round;
    }
}
