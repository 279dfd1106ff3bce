namespace ActivityLog.Core.Summaries;

/// <summary>An increment of a metric as two whole numbers, which unlike fractions add up exactly, in any order.</summary>
/// <param name="Whole">What it is without its fraction.</param>
/// <param name="Nanos">The fraction in billionths, with the sign of the whole.</param>
internal readonly record struct MetricAmount(long Whole, long Nanos)
{
    // As where spend is read from points: what no 64-bit number holds is no amount.
    private const double Most = 9.0e18;

    /// <summary>The amount of a number.</summary>
    public static MetricAmount Of(double number)
    {
        if (!(Math.Abs(number) <= Most))
        {
            return default;
        }

        // Both exact: a number as large as to lose something by this has no fraction.
        var whole = Math.Truncate(number);
        return new((long)whole, (long)Math.Round((number - whole) * 1e9, MidpointRounding.AwayFromZero));
    }
}
