using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Messages;

/// <summary>
/// The fields of a message that can be filtered by, grouped by or summed, a row a field: parsing, SQL (with <c>m</c> for the row), errors and the
/// API's description come from here.
/// </summary>
public static class MessageFields
{
    /// <summary>The table.</summary>
    public static FieldTable Table { get; } = new(
    [
        Choice("type", "m.type", FieldChoice.Of<MessageType>(), "What the message tells, such as ai.generation."),
        Name("name", "m.name_id", NameKind.Name, "Event or span name without its product prefix."),
        Choice("level", "m.level", FieldChoice.Of<MessageLevel>(), "Severity."),
        Choice("status", "m.status", FieldChoice.Of<MessageStatus>(), "How it ended."),
        Name("serviceName", "m.service_id", NameKind.Service, "service.name of the sender."),
        Name("model", "m.model_id", NameKind.Model, "The model that answered, else the one asked for."),
        Name("provider", "m.provider_id", NameKind.Provider, "Who serves the model."),
        Name("userName", "m.user_id", NameKind.User, "The person."),
        Name("toolName", "m.tool_id", NameKind.Tool, "The tool."),
        Name("agentName", "m.agent_id", NameKind.Agent, "The agent or subagent."),
        Text("sessionId", "m.session_id", "The sender's session id."),
        Text("promptId", "m.prompt_id", "The sender's prompt id."),
        Text("requestId", "m.request_id", "Request or response id of the call."),
        Text("toolUseId", "m.tool_use_id", "Id of the tool use."),
        new() { Name = "systemId", Kind = FieldKind.System, Sql = "m.system_key", Description = "Id of the System." },
        new() { Name = "tokenId", Kind = FieldKind.Token, Sql = "m.token_key", Description = "Id of the token it came with." },
        Choice("signal", "case when (m.parts & 3) = 2 then 2 else 1 end", FieldChoice.Of<MessageSignal>(), "log where the event is there, else span."),
        new() { Name = "traceId", Kind = FieldKind.TraceId, Sql = "m.trace_id", Description = "Trace id, 32 hexadecimal digits." },
        new() { Name = "spanId", Kind = FieldKind.SpanId, Sql = "m.span_id", Description = "Span id, 16 hexadecimal digits." },
        new() { Name = "parentSpanId", Kind = FieldKind.SpanId, Sql = "m.parent_span_id", Description = "Span id of the parent, 16 hexadecimal digits." },
        Text("error", "m.error", "What went wrong, in the sender's words."),
        Amount("inputTokens", FieldKind.Whole, "m.input_tokens", "Tokens sent that were neither read from nor written to a cache."),
        Amount("outputTokens", FieldKind.Whole, "m.output_tokens", "Tokens answered, reasoning included."),
        Amount("cacheReadTokens", FieldKind.Whole, "m.cache_read_tokens", "Tokens read from a cache."),
        Amount("cacheCreateTokens", FieldKind.Whole, "m.cache_create_tokens", "Tokens written to a cache."),
        Amount("costMicrocents", FieldKind.Money, "m.cost_nanodollars", "What the sender says it cost, in microdollars (USD × 10⁶)."),
        Amount("durationMs", FieldKind.Number, "m.duration_ms", "How long it took, in milliseconds."),
        Amount("timeToFirstTokenMs", FieldKind.Number, "m.ttft_ms", "Time to the first token, in milliseconds."),
    ]);

    /// <summary>The field that says what a message tells.</summary>
    public static QueryField Type { get; } = Table.Find("type")!;

    /// <summary>The field that holds the sender's session id.</summary>
    public static QueryField SessionId { get; } = Table.Find("sessionId")!;

    private static QueryField Text(string name, string sql, string description) =>
        new() { Name = name, Kind = FieldKind.Text, Sql = sql, Description = description };

    private static QueryField Name(string name, string sql, NameKind names, string description) =>
        new() { Name = name, Kind = FieldKind.Name, Sql = sql, Names = names, Description = description };

    private static QueryField Choice(string name, string sql, IReadOnlyList<FieldChoice> choices, string description) =>
        new() { Name = name, Kind = FieldKind.Choice, Sql = sql, Choices = choices, Description = description };

    private static QueryField Amount(string name, FieldKind kind, string sql, string description) =>
        new() { Name = name, Kind = kind, Sql = sql, Description = description };
}
