namespace ActivityLog.Ingest.Monitoring;

/// <summary>Counts durations in buckets that each are a tenth longer than the one before, from 0.1 ms to over a minute: percentiles are within 5 %.</summary>
internal sealed class DurationHistogram
{
    private const double ShortestMs = 0.1;
    private const double Factor = 1.1;
    private const int Buckets = 145;
    private static readonly double s_logFactor = Math.Log(Factor);

    private readonly int[] _counts = new int[Buckets];

    public void Count(TimeSpan duration)
    {
        var bucket = duration.TotalMilliseconds <= ShortestMs ? 0 : 1 + (int)(Math.Log(duration.TotalMilliseconds / ShortestMs) / s_logFactor);
        Interlocked.Increment(ref _counts[Math.Min(bucket, Buckets - 1)]);
    }

    /// <summary>The median, the 95th and the 99th percentile of all of them together; null when nothing was counted.</summary>
    public static DurationPercentiles? Percentiles(IEnumerable<DurationHistogram> histograms)
    {
        var sums = new long[Buckets];
        foreach (var histogram in histograms)
        {
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                sums[bucket] += Volatile.Read(ref histogram._counts[bucket]);
            }
        }

        var total = sums.Sum();
        return total == 0 ? null : new(At(sums, total, 0.5), At(sums, total, 0.95), At(sums, total, 0.99));
    }

    private static double At(long[] sums, long total, double share)
    {
        var wanted = (long)Math.Ceiling(total * share);
        var bucket = 0;
        for (var seen = sums[0]; seen < wanted; seen += sums[bucket])
        {
            bucket++;
        }

        // The middle of the bucket.
        return bucket == 0 ? ShortestMs : ShortestMs * Math.Pow(Factor, bucket - 0.5);
    }
}
