using ActivityLog.Core.Messages;
using ActivityLog.Web.Messages;

namespace ActivityLog.Web.Sessions;

/// <summary>What a timeline holds of a message: thousands of them are there as long as somebody looks, so no text and no attributes.</summary>
/// <param name="Message">The message without them.</param>
/// <param name="Line">What it says in one line.</param>
/// <param name="AgentId">The subagent it is of.</param>
/// <param name="IsAccepted">Of a decision, whether it accepted.</param>
/// <param name="IsByPerson">Of a decision, whether a person made it.</param>
internal sealed record SessionEntry(MessageView Message, MessageSummary Line, string? AgentId, bool IsAccepted, bool IsByPerson)
{
    private static readonly Dictionary<string, System.Text.Json.JsonElement> s_noAttributes = [];

    /// <summary>The generation that asked for it, of a tool.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>When it began.</summary>
    public DateTime Start { get; } = Waterfall.Start(Message);

    /// <summary>When it ended.</summary>
    public DateTime End { get; } = Waterfall.End(Message);

    /// <summary>All tokens of a call.</summary>
    public long Tokens => Message.Type != MessageType.Generation ? 0
        : (Message.InputTokens ?? 0) + (Message.OutputTokens ?? 0) + (Message.CacheReadTokens ?? 0) + (Message.CacheCreateTokens ?? 0);

    /// <summary>Whether its own row is, or has in it, a span.</summary>
    public bool IsSpan => Message.Parts.HasFlag(MessageParts.Span);

    /// <summary>What is held of a message.</summary>
    public static SessionEntry Of(MessageView message) => new(
        message with { Body = null, Error = null, Metadata = s_noAttributes },
        MessageSummary.Of(message),
        MessageSummary.Attribute(message, "agent_id"),
        MessageSummary.Attribute(message, "decision") == "accept",
        MessageSummary.Attribute(message, "source")?.StartsWith("user", StringComparison.Ordinal) == true);
}
