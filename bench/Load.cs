namespace ActivityLog.Bench;

/// <summary>What a run of the load got answered.</summary>
/// <param name="Records">Records answered with 200.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="P50Ms">Median of the time to an answer, in milliseconds.</param>
/// <param name="P99Ms">99th percentile of it.</param>
internal sealed record Load(long Records, TimeSpan Elapsed, double P50Ms, double P99Ms)
{
    public double Rate => Records / Elapsed.TotalSeconds;
}
