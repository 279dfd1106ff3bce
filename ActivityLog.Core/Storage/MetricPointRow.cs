namespace ActivityLog.Core.Storage;

/// <summary>A row of <c>metric_points</c>.</summary>
public sealed class MetricPointRow
{
    public int SystemKey { get; set; }
    public long SeriesKey { get; set; }
    public long StartedAt { get; set; }
    public long OccurredAt { get; set; }
    /// <summary>The number as sent; part of the identity.</summary>
    public double Value { get; set; }
    /// <summary>What the point adds to the one before in its series: for delta points the value, for cumulative ones the increase (DESIGN 5, rule 5); null for gauges.</summary>
    public double? Increment { get; set; }
    /// <summary>Number of observations, for histograms and summaries.</summary>
    public long? Count { get; set; }
    /// <summary>What the point adds to that number, by the same rule as <see cref="Increment"/>.</summary>
    public long? CountIncrement { get; set; }
    public int TokenKey { get; set; }
    public long ReceivedAt { get; set; }
    public long? ExpiresAt { get; set; }
}
