namespace ActivityLog.Core.Messages;

/// <summary>Which form of a call a message is: the event, or the span that may tell the same again (DESIGN 5, rule 2).</summary>
internal static class CallForms
{
    // Events that hold what was said in a call; the call itself is told by a span.
    private const string ContentEvents = "gen_ai.";

    /// <summary>An event of an agent that tells its calls as events: from the first one on, only events count in its session.</summary>
    public static bool IsAgentEvent(Message message) =>
        message.Parts.HasFlag(MessageParts.Event) && message.Type is not (MessageType.Log or MessageType.Span)
        && !(message.Type == MessageType.Event && message.Name.StartsWith(ContentEvents, StringComparison.Ordinal));

    /// <summary>A span of a call, good or failed, or of a tool, that bears no id of it: it can't be matched with its event.</summary>
    public static bool IsSpanWithoutId(Message message) => message.Parts == MessageParts.Span && message.Type switch
    {
        MessageType.Generation or MessageType.Error => message.RequestId is null,
        MessageType.Tool => message.ToolUseId is null,
        _ => false,
    };

    /// <summary>A span of a sender whose calls two libraries may tell: one inside the other.</summary>
    public static bool MayBeToldTwice(Message message) =>
        message.Parts == MessageParts.Span && message.SpanId is not null && message.Type is MessageType.Generation or MessageType.Span
        && !message.Attributes.Json.Contains("com.anthropic.claude_code", StringComparison.Ordinal);
}
