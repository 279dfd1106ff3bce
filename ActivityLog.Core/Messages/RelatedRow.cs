using System.Data.Common;
using System.Text.Json;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Messages;

/// <summary>What of a row tells which others belong to it.</summary>
internal sealed record RelatedRow(
    int SystemKey,
    MessageKey Key,
    MessageType Type,
    MessageParts Parts,
    long StartedAt,
    string? TraceId,
    long? SpanId,
    long? ParentSpanId,
    string? SessionId,
    string? RequestId,
    string? AgentId,
    string? QuerySource)
{
    // A session that is longer is shown as far as this.
    private const int MaxRows = 20_000;

    /// <summary>Whether it is, or has in it, a span.</summary>
    public bool IsSpan => Parts.HasFlag(MessageParts.Span);

    /// <summary>The rows of these ranges that have a span or are calls or tools.</summary>
    public static async Task<List<RelatedRow>> ReadAsync(SqlDatabase database, IReadOnlyList<SessionRange> ranges, CancellationToken cancellationToken)
    {
        var rows = await ReadAtOnceAsync(database, ranges, cancellationToken);
        if (rows.Count < MaxRows || ranges.Count == 1)
        {
            return rows;
        }

        // Which others are asked beside a session must not shorten it.
        var half = ranges.Count / 2;
        var first = await ReadAsync(database, [.. ranges.Take(half)], cancellationToken);
        return [.. first, .. await ReadAsync(database, [.. ranges.Skip(half)], cancellationToken)];
    }

    private static async Task<List<RelatedRow>> ReadAtOnceAsync(SqlDatabase database, IReadOnlyList<SessionRange> ranges, CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        sql.Add("select m.system_key, m.session_key, m.call_key, m.type, m.parts, coalesce(m.started_at, m.occurred_at), m.trace_id, m.span_id, ")
            .Add($"m.parent_span_id, m.session_id, m.request_id, {sql.Attribute("agent_id")}, {sql.Attribute("query_source")} from messages m ")
            .Add("left join attribute_sets a on a.system_key = m.system_key and a.set_key = m.attribute_set_key ")
            .Add($"where {SessionRange.Condition(ranges, sql)} ")
            .Add($"and (m.span_id is not null or m.type in ({(short)MessageType.Generation}, {(short)MessageType.Tool})) ")
            .Add($"order by m.system_key, m.session_key, m.call_key limit {sql.Parameter(MaxRows)}");
        return await database.ReadAsync(sql, Read, cancellationToken);
    }

    /// <summary>The same of a message that was read whole.</summary>
    public static RelatedRow Of(FoundMessage message) => new(
        message.SystemKey,
        message.Key,
        message.View.Type,
        message.View.Parts,
        Storage.UnixMicroseconds.From(message.View.StartedAt ?? message.View.OccurredAt),
        message.View.TraceId,
        message.View.SpanId is { } span ? FieldValues.ReadSpanId(span) : null,
        message.View.ParentSpanId is { } parent ? FieldValues.ReadSpanId(parent) : null,
        message.View.SessionId,
        message.View.RequestId,
        Text(message.View, "agent_id"),
        Text(message.View, "query_source"));

    private static string? Text(MessageView message, string attribute) => message.Metadata.TryGetValue(attribute, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
        : null;

    private static RelatedRow Read(DbDataReader reader) => new(
        reader.GetInt32(0),
        new MessageKey(reader.GetInt64(1), reader.GetInt64(2)),
        (MessageType)reader.GetInt16(3),
        (MessageParts)reader.GetInt16(4),
        reader.GetInt64(5),
        reader.IsDBNull(6) ? null : Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(6)),
        reader.IsDBNull(7) ? null : reader.GetInt64(7),
        reader.IsDBNull(8) ? null : reader.GetInt64(8),
        reader.IsDBNull(9) ? null : reader.GetString(9),
        reader.IsDBNull(10) ? null : reader.GetString(10),
        reader.IsDBNull(11) ? null : reader.GetString(11),
        reader.IsDBNull(12) ? null : reader.GetString(12));
}
