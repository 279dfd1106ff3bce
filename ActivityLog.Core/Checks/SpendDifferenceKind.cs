using System.Text.Json.Serialization;

namespace ActivityLog.Core.Checks;

/// <summary>Why what events, spans and metrics tell of the same spend isn't the same.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SpendDifferenceKind>))]
public enum SpendDifferenceKind
{
    /// <summary>Event numbers of a session are missing: a request of its sender never came.</summary>
    [JsonStringEnumMemberName("lostBatch")] LostBatch,

    /// <summary>An event of a call whose span didn't come, though others of its session did.</summary>
    [JsonStringEnumMemberName("eventWithoutSpan")] EventWithoutSpan,

    /// <summary>A span of a call whose event didn't come, though others of its session did: its cost isn't known.</summary>
    [JsonStringEnumMemberName("spanWithoutEvent")] SpanWithoutEvent,

    /// <summary>Metrics tell more or less than the session's calls.</summary>
    [JsonStringEnumMemberName("metricsDiffer")] MetricsDiffer,

    /// <summary>Spend that only metrics tell, since no call of the session has a cost: it counts, as a row of its own.</summary>
    [JsonStringEnumMemberName("metricsOnly")] MetricsOnly,

    /// <summary>Calls by a sender so old that event and span have no id in common: which belong together can't be told, so events alone count.</summary>
    [JsonStringEnumMemberName("tooOld")] TooOld,

    /// <summary>Calls told by spans alone, by a sender that sends no events: no cost is known.</summary>
    [JsonStringEnumMemberName("noEvents")] NoEvents,

    /// <summary>Spans that tell again what events tell: kept, and not counted.</summary>
    [JsonStringEnumMemberName("repeated")] Repeated,

    /// <summary>Calls of sessions that sent no spans at all.</summary>
    [JsonStringEnumMemberName("noSpans")] NoSpans,

    /// <summary>Calls of sessions that sent no metrics of cost at all.</summary>
    [JsonStringEnumMemberName("noMetrics")] NoMetrics,
}
