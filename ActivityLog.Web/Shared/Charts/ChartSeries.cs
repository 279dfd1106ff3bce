namespace ActivityLog.Web.Shared.Charts;

/// <summary>One colour of a chart.</summary>
/// <param name="Name">What it is, such as a model.</param>
/// <param name="Color">CSS variable of its colour, such as <c>--al-c1-2</c>.</param>
/// <param name="Values">A value for each place, in the unit of the chart's measure; null where there is none.</param>
/// <param name="IsRest">Whether it is the sum of what has no colour of its own, whose name may be that of a series too.</param>
/// <param name="IsLight">Whether it is drawn lighter: the second line of a pair.</param>
/// <param name="Whole">Its value over all places, where that isn't their sum: a rate, a percentile.</param>
public sealed record ChartSeries(
    string Name, string Color, IReadOnlyList<double?> Values, bool IsRest = false, bool IsLight = false, double? Whole = null)
{
    /// <summary>Sum over all places.</summary>
    public double Total { get; } = Values.Sum() ?? 0;
}
