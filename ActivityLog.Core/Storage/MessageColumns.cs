using System.Data.Common;
using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Storage;

/// <summary>The columns of <c>messages</c> in the one order that the write path writes and reads them, and the way between row and message.</summary>
internal static class MessageColumns
{
    public static readonly string[] Names =
    [
        "system_key", "session_key", "call_key", "occurred_at", "started_at", "received_at", "expires_at", "token_key", "parts", "marks", "type", "level", "status",
        "name_id", "service_id", "model_id", "provider_id", "user_id", "tool_id", "agent_id",
        "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens", "cost_nanodollars", "duration_ms", "ttft_ms",
        "trace_id", "span_id", "parent_span_id", "attribute_set_key", "session_id", "prompt_id", "request_id", "tool_use_id", "error", "body", "metadata",
    ];

    public const int KeyColumns = 3;

    public static readonly string List = string.Join(", ", Names);

    /// <summary>The names that a message's row needs numbers for.</summary>
    public static IEnumerable<(NameKind Kind, string? Value)> NamesOf(Message message) =>
    [
        (NameKind.Name, message.Name), (NameKind.Service, message.ServiceName), (NameKind.Model, message.Model), (NameKind.Provider, message.Provider),
        (NameKind.User, message.UserName), (NameKind.Tool, message.ToolName), (NameKind.Agent, message.AgentName),
    ];

    public static MessageRow ToRow(Message message, KnownNames names) => new()
    {
        SystemKey = message.SystemKey,
        SessionKey = message.Key.Session,
        CallKey = message.Key.Call,
        OccurredAt = UnixMicroseconds.From(message.OccurredAt),
        StartedAt = message.StartedAt is { } started ? UnixMicroseconds.From(started) : null,
        ReceivedAt = UnixMicroseconds.From(message.ReceivedAt),
        ExpiresAt = message.ExpiresAt is { } expires ? UnixMicroseconds.From(expires) : null,
        TokenKey = message.TokenKey,
        Parts = message.Parts,
        Marks = message.Marks,
        Type = message.Type,
        Level = message.Level,
        Status = message.Status,
        NameId = names.Id(NameKind.Name, message.Name)!.Value,
        ServiceId = names.Id(NameKind.Service, message.ServiceName),
        ModelId = names.Id(NameKind.Model, message.Model),
        ProviderId = names.Id(NameKind.Provider, message.Provider),
        UserId = names.Id(NameKind.User, message.UserName),
        ToolId = names.Id(NameKind.Tool, message.ToolName),
        AgentId = names.Id(NameKind.Agent, message.AgentName),
        InputTokens = message.InputTokens,
        OutputTokens = message.OutputTokens,
        CacheReadTokens = message.CacheReadTokens,
        CacheCreateTokens = message.CacheCreateTokens,
        CostNanodollars = message.CostNanodollars,
        DurationMs = message.DurationMs,
        TtftMs = message.TimeToFirstTokenMs,
        TraceId = message.TraceId,
        SpanId = message.SpanId,
        ParentSpanId = message.ParentSpanId,
        AttributeSetKey = message.Attributes.Key,
        SessionId = message.SessionId,
        PromptId = message.PromptId,
        RequestId = message.RequestId,
        ToolUseId = message.ToolUseId,
        Error = message.Error,
        Body = message.Body,
        Metadata = message.Metadata,
    };

    public static MessageRow Read(DbDataReader reader) => new()
    {
        SystemKey = reader.GetInt32(0),
        SessionKey = reader.GetInt64(1),
        CallKey = reader.GetInt64(2),
        OccurredAt = reader.GetInt64(3),
        StartedAt = Int64(reader, 4),
        ReceivedAt = reader.GetInt64(5),
        ExpiresAt = Int64(reader, 6),
        TokenKey = reader.GetInt32(7),
        Parts = (MessageParts)reader.GetInt16(8),
        Marks = (MessageMarks)reader.GetInt16(9),
        Type = (MessageType)reader.GetInt16(10),
        Level = reader.IsDBNull(11) ? null : (MessageLevel)reader.GetInt16(11),
        Status = reader.IsDBNull(12) ? null : (MessageStatus)reader.GetInt16(12),
        NameId = reader.GetInt32(13),
        ServiceId = Int32(reader, 14),
        ModelId = Int32(reader, 15),
        ProviderId = Int32(reader, 16),
        UserId = Int32(reader, 17),
        ToolId = Int32(reader, 18),
        AgentId = Int32(reader, 19),
        InputTokens = Int64(reader, 20),
        OutputTokens = Int64(reader, 21),
        CacheReadTokens = Int64(reader, 22),
        CacheCreateTokens = Int64(reader, 23),
        CostNanodollars = Int64(reader, 24),
        DurationMs = Double(reader, 25),
        TtftMs = Double(reader, 26),
        TraceId = reader.IsDBNull(27) ? null : reader.GetFieldValue<byte[]>(27),
        SpanId = Int64(reader, 28),
        ParentSpanId = Int64(reader, 29),
        AttributeSetKey = reader.GetInt64(30),
        SessionId = Text(reader, 31),
        PromptId = Text(reader, 32),
        RequestId = Text(reader, 33),
        ToolUseId = Text(reader, 34),
        Error = Text(reader, 35),
        Body = Text(reader, 36),
        Metadata = reader.GetString(37),
    };

    /// <summary>The message of a row whose names and attribute set are known.</summary>
    public static Message ToMessage(MessageRow row, KnownNames names, string sharedAttributes) => new()
    {
        SystemKey = row.SystemKey,
        Key = new MessageKey(row.SessionKey, row.CallKey),
        TokenKey = row.TokenKey,
        Parts = row.Parts,
        Type = row.Type,
        Name = names.Value(row.NameId)!,
        OccurredAt = UnixMicroseconds.ToDateTime(row.OccurredAt),
        StartedAt = row.StartedAt is { } started ? UnixMicroseconds.ToDateTime(started) : null,
        ReceivedAt = UnixMicroseconds.ToDateTime(row.ReceivedAt),
        ExpiresAt = row.ExpiresAt is { } expires ? UnixMicroseconds.ToDateTime(expires) : null,
        Level = row.Level,
        Status = row.Status,
        Error = row.Error,
        ServiceName = names.Value(row.ServiceId),
        Model = names.Value(row.ModelId),
        Provider = names.Value(row.ProviderId),
        UserName = names.Value(row.UserId),
        ToolName = names.Value(row.ToolId),
        AgentName = names.Value(row.AgentId),
        SessionId = row.SessionId,
        PromptId = row.PromptId,
        RequestId = row.RequestId,
        ToolUseId = row.ToolUseId,
        TraceId = row.TraceId,
        SpanId = row.SpanId,
        ParentSpanId = row.ParentSpanId,
        InputTokens = row.InputTokens,
        OutputTokens = row.OutputTokens,
        CacheReadTokens = row.CacheReadTokens,
        CacheCreateTokens = row.CacheCreateTokens,
        CostNanodollars = row.CostNanodollars,
        DurationMs = row.DurationMs,
        TimeToFirstTokenMs = row.TtftMs,
        Body = row.Body,
        Marks = row.Marks,
        Attributes = new AttributeSet(row.AttributeSetKey, sharedAttributes),
        Metadata = row.Metadata,
    };

    /// <summary>The numbers of the names of a row.</summary>
    public static IEnumerable<int> NameIdsOf(MessageRow row)
    {
        int?[] ids = [row.NameId, row.ServiceId, row.ModelId, row.ProviderId, row.UserId, row.ToolId, row.AgentId];
        return ids.OfType<int>();
    }

    private static long? Int64(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetInt64(at);

    private static int? Int32(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetInt32(at);

    private static double? Double(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetDouble(at);

    private static string? Text(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);
}
