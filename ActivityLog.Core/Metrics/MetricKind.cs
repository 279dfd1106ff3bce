namespace ActivityLog.Core.Metrics;

/// <summary>The OTLP kind of a metric. Stored as its number.</summary>
public enum MetricKind : short
{
    /// <summary>A value at a moment.</summary>
    Gauge = 1,

    /// <summary>Something that adds up.</summary>
    Sum = 2,

    /// <summary>Count and sum of observations (buckets aren't kept).</summary>
    Histogram = 3,

    /// <summary>Count and sum of observations in exponential buckets (buckets aren't kept).</summary>
    ExponentialHistogram = 4,

    /// <summary>Count and sum of observations (quantiles aren't kept).</summary>
    Summary = 5,
}
