using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Storage;

/// <summary>What the engines' statements share.</summary>
internal static class TelemetrySql
{
    /// <summary>The columns of a <see cref="MessageRank"/>, in its order.</summary>
    public const string RankColumns =
        "parts, marks, cost_nanodollars, output_tokens, input_tokens, cache_read_tokens, cache_create_tokens, occurred_at, started_at, span_id";

    /// <summary>The columns of a <see cref="TracedCall"/> besides System and session; the trace id as hex.</summary>
    public const string TracedCallColumns =
        "call_key, type, parts, hex(trace_id), span_id, parent_span_id, model_id, input_tokens, output_tokens, cache_read_tokens, cache_create_tokens, attribute_set_key";

    /// <summary>The columns of a series, in the order that they are written.</summary>
    public const string SeriesColumns =
        "system_key, series_key, kind, temporality, is_monotonic, name_id, service_id, user_id, model_id, session_key, session_id, unit, attribute_set_key, metadata, expires_at";

    /// <summary>The columns of a point, in the order that they are written.</summary>
    public const string PointColumns =
        "system_key, series_key, occurred_at, started_at, value, increment, count, count_increment, token_key, received_at, expires_at";

    /// <summary>The SQL of <see cref="CallForms.IsSpanWithoutId"/>, for rows that count still.</summary>
    public static readonly string IsSpanWithoutId =
        $"""
        parts = {(int)MessageParts.Span}
            AND ((type IN ({(int)MessageType.Generation}, {(int)MessageType.Error}) AND request_id IS NULL) OR (type = {(int)MessageType.Tool} AND tool_use_id IS NULL))
        """;
}
