namespace ActivityLog.Core.Metrics;

/// <summary>The OTLP aggregation temporality, with its numbers.</summary>
public enum MetricTemporality : short
{
    /// <summary>Not said (gauges).</summary>
    Unspecified = 0,

    /// <summary>Each point tells what came since the one before.</summary>
    Delta = 1,

    /// <summary>Each point tells all since its start time.</summary>
    Cumulative = 2,
}
