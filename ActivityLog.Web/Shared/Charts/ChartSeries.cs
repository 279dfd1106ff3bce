namespace ActivityLog.Web.Shared.Charts;

/// <summary>One colour of the stack.</summary>
/// <param name="Name">What it is, such as a model.</param>
/// <param name="Color">CSS variable of its colour, such as <c>--al-c1-2</c>.</param>
/// <param name="Values">A value for each bar, in the unit of the chart's measure.</param>
/// <param name="IsRest">Whether it is the sum of what has no colour of its own, whose name may be that of a series too.</param>
public sealed record ChartSeries(string Name, string Color, IReadOnlyList<long> Values, bool IsRest = false)
{
    /// <summary>Sum over all bars.</summary>
    public long Total { get; } = Values.Sum();
}
