using System.Collections.Frozen;
using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp.Attributes;
using static ActivityLog.Ingest.Otlp.Attributes.MessageField;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>What an event or a span tells, by its name, its scope and what the conventions say about it.</summary>
internal static class MessageTypes
{
    private const string ClaudeCode = "claude_code.";

    private static readonly string[] s_products = [ClaudeCode, "codex.", "gemini_cli.", "gen_ai."];

    private static readonly FrozenDictionary<string, MessageType> s_events = new Dictionary<string, MessageType>
    {
        ["claude_code.api_request"] = MessageType.Generation,
        ["claude_code.api_error"] = MessageType.Error,
        ["claude_code.api_refusal"] = MessageType.Refusal,
        ["claude_code.assistant_response"] = MessageType.Response,
        ["claude_code.tool_decision"] = MessageType.Decision,
        ["claude_code.tool_result"] = MessageType.Tool,
        ["claude_code.user_prompt"] = MessageType.Prompt,
        ["codex.tool_decision"] = MessageType.Decision,
        ["codex.tool_result"] = MessageType.Tool,
        ["codex.user_prompt"] = MessageType.Prompt,
        ["gemini_cli.api_response"] = MessageType.Generation,
        ["gemini_cli.api_error"] = MessageType.Error,
        ["gemini_cli.tool_call"] = MessageType.Tool,
        ["gemini_cli.user_prompt"] = MessageType.Prompt,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, MessageType> s_operations = new Dictionary<string, MessageType>
    {
        ["chat"] = MessageType.Generation,
        ["generate_content"] = MessageType.Generation,
        ["text_completion"] = MessageType.Generation,
        ["embeddings"] = MessageType.Generation,
        ["execute_tool"] = MessageType.Tool,
        ["invoke_agent"] = MessageType.Turn,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, MessageType> s_openInference = new Dictionary<string, MessageType>
    {
        ["LLM"] = MessageType.Generation,
        ["EMBEDDING"] = MessageType.Generation,
        ["TOOL"] = MessageType.Tool,
        ["AGENT"] = MessageType.Turn,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_openLlmetry =
        new[] { "chat", "completion", "embedding" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a log record tells, and its name without the product's.</summary>
    public static (MessageType Type, string Name) OfEvent(string eventName, string? body, string scope, FieldValues fields)
    {
        var name = eventName.Length > 0 ? eventName : fields.Text(EventName) ?? (body is not null && ProductOf(body) is not null ? body : "");
        // Claude Code's attribute leaves the product out.
        if (Claude.IsScope(scope) || (name.Length > 0 && body == ClaudeCode + name))
        {
            name = name.StartsWith(ClaudeCode, StringComparison.Ordinal) ? name : ClaudeCode + name;
        }

        if (ProductOf(name) is not { } product)
        {
            return (MessageType.Log, name.Length > 0 ? name : "log");
        }

        var type = name switch
        {
            "codex.sse_event" when fields.Text(EventKind) == "response.completed" => MessageType.Generation,
            "gen_ai.client.inference.operation.details" => OfOperation(fields) ?? MessageType.Event,
            _ => s_events.GetValueOrDefault(name, MessageType.Event),
        };
        return (type, product == "gen_ai." ? name : WithoutProduct(name, product));
    }

    /// <summary>What a span tells, and its name without the product's.</summary>
    public static (MessageType Type, string Name) OfSpan(string spanName, FieldValues fields)
    {
        var name = spanName.Length > 0 ? spanName : "span";
        var type = name switch
        {
            "claude_code.llm_request" => MessageType.Generation,
            "claude_code.tool" => MessageType.Tool,
            "claude_code.interaction" => MessageType.Turn,
            _ when name.StartsWith(ClaudeCode, StringComparison.Ordinal) => MessageType.Span,
            _ => OfOperation(fields) ?? OfSpanKind(fields) ?? OfSdkOperation(fields) ?? OfRequestType(fields) ?? OfUsage(fields) ?? MessageType.Span,
        };
        return (type, ProductOf(name) is { } product and not "gen_ai." ? WithoutProduct(name, product) : name);
    }

    private static MessageType? OfOperation(FieldValues fields) => Find(s_operations, fields.Text(Operation));

    private static MessageType? OfSpanKind(FieldValues fields) => Find(s_openInference, fields.Text(SpanKind));

    private static MessageType? OfSdkOperation(FieldValues fields) => fields.Text(SdkOperation) switch
    {
        null => null,
        "ai.toolCall" => MessageType.Tool,
        var operation when operation.EndsWith(".doGenerate", StringComparison.Ordinal)
            || operation.EndsWith(".doStream", StringComparison.Ordinal)
            || operation.EndsWith(".doEmbed", StringComparison.Ordinal) => MessageType.Generation,
        // A roll-up over the calls below it.
        _ => MessageType.Turn,
    };

    private static MessageType? OfRequestType(FieldValues fields) =>
        fields.Text(RequestType) is { } type && s_openLlmetry.Contains(type) ? MessageType.Generation : null;

    // Instrumentations older than the operation's name: a model, who serves it, and what it used. An operation or a kind that is told has decided.
    private static MessageType? OfUsage(FieldValues fields) =>
        !fields.Has(Operation) && !fields.Has(SpanKind) && fields.Has(Model) && fields.Has(Provider) && fields.Has(AllInputTokens) && fields.Has(OutputTokens)
            ? MessageType.Generation
            : null;

    private static MessageType? Find(FrozenDictionary<string, MessageType> types, string? name) =>
        name is not null && types.TryGetValue(name, out var type) ? type : null;

    private static string? ProductOf(string name) => Array.Find(s_products, product => name.StartsWith(product, StringComparison.Ordinal));

    private static string WithoutProduct(string name, string product) => name.Length > product.Length ? name[product.Length..] : name;
}
