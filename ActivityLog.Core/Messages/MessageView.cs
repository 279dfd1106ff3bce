using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActivityLog.Core.Messages;

/// <summary>A message as it is shown and answered: its JSON form is the API's.</summary>
public sealed record MessageView
{
    /// <summary>Its identity: the same whichever part of it comes first.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the System.</summary>
    public required Guid SystemId { get; init; }

    /// <summary>Id of the token it came with; null when that token is gone.</summary>
    public Guid? TokenId { get; init; }

    /// <summary><c>log</c> where the event is there, else <c>span</c>.</summary>
    public required MessageSignal Signal { get; init; }

    /// <summary>Which reports of the same thing are in it.</summary>
    [JsonIgnore]
    public MessageParts Parts { get; init; }

    /// <summary>What it tells.</summary>
    public required MessageType Type { get; init; }

    /// <summary>Event or span name without its product prefix.</summary>
    public required string Name { get; init; }

    /// <summary>Severity.</summary>
    public MessageLevel? Level { get; init; }

    /// <summary><c>service.name</c>.</summary>
    public string? ServiceName { get; init; }

    /// <summary>UTC; of generations and tool calls the end.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When it came here, UTC.</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>When retention may delete it, UTC; null for never.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>Model that answered, else the one asked for.</summary>
    public string? Model { get; init; }

    /// <summary>Who serves the model.</summary>
    public string? Provider { get; init; }

    /// <summary>Uncached tokens sent.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens answered.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Tokens read from a cache.</summary>
    public long? CacheReadTokens { get; init; }

    /// <summary>Tokens written to a cache.</summary>
    public long? CacheCreateTokens { get; init; }

    /// <summary>What the sender says it cost, in microdollars (USD × 10⁶; the name is historical).</summary>
    public long? CostMicrocents { get; init; }

    /// <summary>The same by the price table, in microdollars; null where no price is known.</summary>
    public long? ListCostMicrocents { get; init; }

    /// <summary>What the sender says it cost, in nanodollars (USD × 10⁹): what sums are made of.</summary>
    [JsonIgnore]
    public long? CostNanodollars { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public double? DurationMs { get; init; }

    /// <summary>Time to the first token, in milliseconds.</summary>
    public double? TimeToFirstTokenMs { get; init; }

    /// <summary>How it ended.</summary>
    public MessageStatus? Status { get; init; }

    /// <summary>What went wrong, in the sender's words.</summary>
    public string? Error { get; init; }

    /// <summary>Lower-case hex.</summary>
    public string? TraceId { get; init; }

    /// <summary>Lower-case hex.</summary>
    public string? SpanId { get; init; }

    /// <summary>Lower-case hex.</summary>
    public string? ParentSpanId { get; init; }

    /// <summary>
    /// Of a tool call: the generation that asked for it. Where that is a best guess, <see cref="Metadata"/> says by which rule as <c>parent.rule</c>.
    /// </summary>
    public Guid? ParentId { get; init; }

    /// <summary>The sender's session id.</summary>
    public string? SessionId { get; init; }

    /// <summary>The sender's prompt id.</summary>
    public string? PromptId { get; init; }

    /// <summary>Request or response id of the call.</summary>
    public string? RequestId { get; init; }

    /// <summary>The tool.</summary>
    public string? ToolName { get; init; }

    /// <summary>Id of the tool use.</summary>
    public string? ToolUseId { get; init; }

    /// <summary>The agent or subagent.</summary>
    public string? AgentName { get; init; }

    /// <summary>The person.</summary>
    public string? UserName { get; init; }

    /// <summary>The text. Of a generation: prompt and completion, as far as they were sent, with an empty line between.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the body was cut to what the System's plan keeps.</summary>
    public bool BodyCut { get; init; }

    /// <summary>Whether two different events bore its id: the one with the larger cost, then output, stayed.</summary>
    public bool Conflict { get; init; }

    /// <summary>Every attribute that came, by its own name.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Metadata { get; init; }
}
