using System.Data.Common;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>The columns of <c>messages</c> that decide what a row adds to the sums, for rows that go or turn into repeats.</summary>
internal static class SummaryColumns
{
    // Without metadata, which comes after them.
    private static readonly string[] s_names =
    [
        "system_key", "session_key", "call_key", "occurred_at", "started_at", "expires_at", "type", "status", "service_id", "model_id", "user_id", "tool_id",
        "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens", "cost_nanodollars", "duration_ms", "ttft_ms", "attribute_set_key", "session_id",
    ];

    /// <summary>The columns of a row.</summary>
    /// <param name="row">Name of the row, with its dot; empty for none.</param>
    /// <param name="metadata">SQL of its metadata as text; null of it is as an empty object.</param>
    public static string Of(string row, string metadata) => $"{string.Join(", ", s_names.Select(name => row + name))}, {metadata}";

    /// <summary>The row, with these columns only.</summary>
    /// <param name="reader">Reads it.</param>
    /// <param name="at">Place of the first of the columns.</param>
    public static MessageRow Read(DbDataReader reader, int at = 0) => new()
    {
        SystemKey = reader.GetInt32(at),
        SessionKey = reader.GetInt64(at + 1),
        CallKey = reader.GetInt64(at + 2),
        OccurredAt = reader.GetInt64(at + 3),
        StartedAt = Int64(reader, at + 4),
        ExpiresAt = Int64(reader, at + 5),
        Type = (MessageType)reader.GetInt16(at + 6),
        Status = reader.IsDBNull(at + 7) ? null : (MessageStatus)reader.GetInt16(at + 7),
        ServiceId = Int32(reader, at + 8),
        ModelId = Int32(reader, at + 9),
        UserId = Int32(reader, at + 10),
        ToolId = Int32(reader, at + 11),
        InputTokens = Int64(reader, at + 12),
        OutputTokens = Int64(reader, at + 13),
        CacheReadTokens = Int64(reader, at + 14),
        CacheCreateTokens = Int64(reader, at + 15),
        CostNanodollars = Int64(reader, at + 16),
        DurationMs = reader.IsDBNull(at + 17) ? null : reader.GetDouble(at + 17),
        TtftMs = reader.IsDBNull(at + 18) ? null : reader.GetDouble(at + 18),
        AttributeSetKey = reader.GetInt64(at + 19),
        SessionId = reader.IsDBNull(at + 20) ? null : reader.GetString(at + 20),
        Metadata = reader.IsDBNull(at + 21) ? "{}" : reader.GetString(at + 21),
    };

    private static long? Int64(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetInt64(at);

    private static int? Int32(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetInt32(at);
}
