using System.Data.Common;
using System.Text.Json;
using ActivityLog.Core.Pricing;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;

namespace ActivityLog.Core.Messages;

/// <summary>Reads whole rows of <c>messages</c>. One instance a statement: it remembers the shared attributes it parsed.</summary>
internal sealed class MessageRows
{
    /// <summary>SQL of what <see cref="Read"/> reads of a row <c>m</c>. Names come from sub-selects: a join of seven small tables tempts planners.</summary>
    public const string Select =
        """
        select m.system_key, m.session_key, m.call_key, m.occurred_at, m.started_at, m.received_at, m.expires_at, m.parts, m.marks, m.type, m.level, m.status,
        m.input_tokens, m.output_tokens, m.cache_read_tokens, m.cache_create_tokens, m.cost_nanodollars, m.duration_ms, m.ttft_ms,
        m.trace_id, m.span_id, m.parent_span_id, m.attribute_set_key, m.session_id, m.prompt_id, m.request_id, m.tool_use_id, m.error, m.body, m.metadata,
        (select n.value from names n where n.id = m.name_id), (select n.value from names n where n.id = m.service_id),
        (select n.value from names n where n.id = m.model_id), (select n.value from names n where n.id = m.provider_id),
        (select n.value from names n where n.id = coalesce((select p.alias_of from names p where p.id = m.user_id), m.user_id)), (select n.value from names n where n.id = m.tool_id),
        (select n.value from names n where n.id = m.agent_id),
        (select s.id from systems s where s.key = m.system_key), (select s.plan from systems s where s.key = m.system_key),
        (select t.id from tokens t where t.key = m.token_key),
        (select a.attributes from attribute_sets a where a.system_key = m.system_key and a.set_key = m.attribute_set_key)
        """;

    private readonly Dictionary<(int, long), Dictionary<string, JsonElement>> _shared = [];

    /// <summary>A row's message.</summary>
    public FoundMessage Read(DbDataReader reader)
    {
        var column = 0;
        var systemKey = reader.GetInt32(column++);
        var id = new MessageKey(reader.GetInt64(column++), reader.GetInt64(column++)).ToGuid();
        var occurredAt = Time(reader, column++)!.Value;
        var startedAt = Time(reader, column++);
        var receivedAt = Time(reader, column++)!.Value;
        var expiresAt = Time(reader, column++);
        var parts = (MessageParts)reader.GetInt16(column++);
        var marks = (MessageMarks)reader.GetInt16(column++);
        var type = (MessageType)reader.GetInt16(column++);
        var level = (MessageLevel?)Small(reader, column++);
        var status = (MessageStatus?)Small(reader, column++);
        var (input, output) = (Long(reader, column++), Long(reader, column++));
        var (cacheRead, cacheCreate) = (Long(reader, column++), Long(reader, column++));
        var cost = Long(reader, column++);
        var (duration, firstToken) = (Double(reader, column++), Double(reader, column++));
        var trace = reader.IsDBNull(column) ? null : Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(column));
        column++;
        var (span, parentSpan) = (Long(reader, column++), Long(reader, column++));
        var setKey = reader.GetInt64(column++);
        var (session, prompt) = (Text(reader, column++), Text(reader, column++));
        var (request, toolUse) = (Text(reader, column++), Text(reader, column++));
        var (error, body) = (Text(reader, column++), Text(reader, column++));
        var own = reader.GetString(column++);
        var name = Text(reader, column++) ?? "";
        var (service, model, provider) = (Text(reader, column++), Text(reader, column++), Text(reader, column++));
        var (user, tool, agent) = (Text(reader, column++), Text(reader, column++), Text(reader, column++));
        var systemId = reader.IsDBNull(column) ? Guid.Empty : reader.GetGuid(column);
        column++;
        var plan = (SystemPlan?)Small(reader, column++) ?? SystemPlan.Free;
        Guid? tokenId = reader.IsDBNull(column) ? null : reader.GetGuid(column);
        column++;
        return new FoundMessage(
            new MessageView
            {
                Id = id,
                SystemId = systemId,
                TokenId = tokenId,
                Signal = (parts & (MessageParts.Event | MessageParts.Span)) == MessageParts.Span ? MessageSignal.Span : MessageSignal.Log,
                Parts = parts,
                Type = type,
                Name = name,
                Level = level,
                ServiceName = service,
                OccurredAt = occurredAt,
                StartedAt = startedAt,
                ReceivedAt = receivedAt,
                ExpiresAt = expiresAt,
                Model = model,
                Provider = provider,
                InputTokens = input,
                OutputTokens = output,
                CacheReadTokens = cacheRead,
                CacheCreateTokens = cacheCreate,
                CostMicrocents = cost is { } nanodollars ? Nanodollars.ToMicrodollars(nanodollars) : null,
                CostNanodollars = cost,
                DurationMs = duration,
                TimeToFirstTokenMs = firstToken,
                Status = status,
                Error = error,
                TraceId = trace,
                SpanId = span is { } spanId ? FieldValues.ShowSpanId(spanId) : null,
                ParentSpanId = parentSpan is { } parentId ? FieldValues.ShowSpanId(parentId) : null,
                SessionId = session,
                PromptId = prompt,
                RequestId = request,
                ToolName = tool,
                ToolUseId = toolUse,
                AgentName = agent,
                UserName = user,
                Body = body,
                BodyCut = marks.HasFlag(MessageMarks.BodyCut),
                Conflict = marks.HasFlag(MessageMarks.Conflict),
                Metadata = Metadata(systemKey, setKey, Text(reader, column), own),
            },
            systemKey,
            plan);
    }

    private SortedDictionary<string, JsonElement> Metadata(int systemKey, long setKey, string? shared, string own)
    {
        if (!_shared.TryGetValue((systemKey, setKey), out var attributes))
        {
            _shared[(systemKey, setKey)] = attributes = Parse(shared);
        }

        var all = new SortedDictionary<string, JsonElement>(attributes, StringComparer.Ordinal);
        foreach (var (key, value) in Parse(own))
        {
            all[key] = value;
        }

        return all;
    }

    private static Dictionary<string, JsonElement> Parse(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    private static DateTime? Time(DbDataReader reader, int column) => Long(reader, column) is { } number ? UnixMicroseconds.ToDateTime(number) : null;

    private static long? Long(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    private static short? Small(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt16(column);

    private static double? Double(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
