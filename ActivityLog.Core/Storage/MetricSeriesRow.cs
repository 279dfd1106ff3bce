using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Storage;

/// <summary>A row of <c>metric_series</c>: what all points of a series share.</summary>
public sealed class MetricSeriesRow
{
    public int SystemKey { get; set; }
    public long SeriesKey { get; set; }
    public MetricKind Kind { get; set; }
    public MetricTemporality Temporality { get; set; }
    public bool IsMonotonic { get; set; }
    public int NameId { get; set; }
    public int? ServiceId { get; set; }
    public int? UserId { get; set; }
    public int? ModelId { get; set; }
    /// <summary>Key of the session in <c>messages</c> and <c>sessions</c>; null for points without one.</summary>
    public long? SessionKey { get; set; }
    public string? SessionId { get; set; }
    public string Unit { get; set; } = "";
    public long AttributeSetKey { get; set; }
    public string Metadata { get; set; } = "{}";
    /// <summary>
    /// Of cost and tokens of a session: whether an event of a generation was found that tells the same, so that the series counts as spend no more (DESIGN 5, rule 3).
    /// </summary>
    public bool IsTold { get; set; }
    /// <summary>Until when it is kept: longer than any of its points; null for ever.</summary>
    public long? ExpiresAt { get; set; }
}
