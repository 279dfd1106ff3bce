using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Metrics;

/// <summary>One OTLP data point as mapped. Kept apart from messages; unique by System, series, start, time and value.</summary>
public sealed class MetricPoint
{
    /// <summary>Name of the attribute that says what stood in the place of a sum that observations came without; of a series in which none has one.</summary>
    public const string SumName = "metric.sum";

    /// <summary>
    /// The <see cref="Value"/> of cumulative observations without a sum. They are of the same series as those with one, since their number grows through both:
    /// each point says for itself whether it has one. No number that is taken equals it.
    /// </summary>
    public const double NoSum = double.NegativeInfinity;

    /// <summary>Number of the System it belongs to.</summary>
    public required int SystemKey { get; init; }

    /// <summary>Hash of what makes a series: metric name, unit, kind, attributes, scope and resource.</summary>
    public required long SeriesKey { get; init; }

    /// <summary>Number of the token it came with.</summary>
    public required int TokenKey { get; init; }

    /// <summary>Metric name, such as <c>claude_code.cost.usage</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Unit as sent; empty for none.</summary>
    public required string Unit { get; init; }

    /// <summary>The OTLP kind.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>Delta or cumulative.</summary>
    public required MetricTemporality Temporality { get; init; }

    /// <summary>Whether the sum only grows, so that a fall means the sender began anew. Of no meaning for gauges.</summary>
    public bool IsMonotonic { get; init; } = true;

    /// <summary>Start of what the point covers, UTC; 1970-01-01 where none was sent.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>Time of the point, UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>When it came here, UTC.</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>When retention may delete it; null for never.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>The number, as sent; the sum where the kind has one, in the metric's unit; where observations came without a sum, <see cref="NoSum"/> or, of increments, 0.</summary>
    public required double Value { get; init; }

    /// <summary>Number of observations, for histograms and summaries.</summary>
    public long? Count { get; init; }

    /// <summary><c>service.name</c>.</summary>
    public string? ServiceName { get; init; }

    /// <summary>The person, by the same rule as for messages.</summary>
    public string? UserName { get; init; }

    /// <summary>The sender's session id.</summary>
    public string? SessionId { get; init; }

    /// <summary>Model, where the point names one.</summary>
    public string? Model { get; init; }

    /// <summary>The attributes it shares with others (resource and scope).</summary>
    public required AttributeSet Attributes { get; init; }

    /// <summary>Its own attributes: a flat JSON object.</summary>
    public required string Metadata { get; init; }
}
