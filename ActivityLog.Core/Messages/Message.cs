namespace ActivityLog.Core.Messages;

/// <summary>
/// One message, or one part of it (see <see cref="Parts"/>), as mapped from OTLP and as the write path merges and stores it.
/// DESIGN: times are UTC, money is nanodollars (USD × 10⁹), <see cref="InputTokens"/> is always the uncached part.
/// </summary>
public sealed class Message
{
    /// <summary>Number of the System it belongs to.</summary>
    public required int SystemKey { get; init; }

    /// <summary>Identity within the System.</summary>
    public required MessageKey Key { get; init; }

    /// <summary>Number of the token it came with. A merged row keeps the event's.</summary>
    public required int TokenKey { get; set; }

    /// <summary>Which reports of the same thing are in it.</summary>
    public required MessageParts Parts { get; set; }

    /// <summary>What it tells.</summary>
    public required MessageType Type { get; set; }

    /// <summary>Event or span name without its product prefix, such as <c>api_request</c>.</summary>
    public required string Name { get; set; }

    /// <summary>Log: its time, else observed time, else arrival. Generations and tool calls: the end. Other spans: the start.</summary>
    public required DateTime OccurredAt { get; set; }

    /// <summary>When it began, where that is known: the span's start, else the end less the duration.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>When it came here.</summary>
    public required DateTime ReceivedAt { get; set; }

    /// <summary>When retention may delete it; null for never. A merged row keeps the later.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>Severity, where the sender says one; error for what failed.</summary>
    public MessageLevel? Level { get; set; }

    /// <summary>How it ended.</summary>
    public MessageStatus? Status { get; set; }

    /// <summary>What went wrong, in the sender's words.</summary>
    public string? Error { get; set; }

    /// <summary><c>service.name</c>.</summary>
    public string? ServiceName { get; set; }

    /// <summary>Model that answered, else the one asked for.</summary>
    public string? Model { get; set; }

    /// <summary>Who serves the model, such as <c>anthropic</c>.</summary>
    public string? Provider { get; set; }

    /// <summary>The person, by the first of the attributes that name one (DESIGN 4).</summary>
    public string? UserName { get; set; }

    /// <summary>Name of the tool; the most specific one known.</summary>
    public string? ToolName { get; set; }

    /// <summary>Name of the (sub)agent, where one is named.</summary>
    public string? AgentName { get; set; }

    /// <summary>The sender's session id.</summary>
    public string? SessionId { get; set; }

    /// <summary>The sender's prompt id.</summary>
    public string? PromptId { get; set; }

    /// <summary>Request id, or the id of the response (<c>gen_ai.response.id</c>), of the call.</summary>
    public string? RequestId { get; set; }

    /// <summary>Id of the tool use (<c>tool_use_id</c>, <c>gen_ai.tool.call.id</c>).</summary>
    public string? ToolUseId { get; set; }

    /// <summary>16 bytes, or null.</summary>
    public byte[]? TraceId { get; set; }

    /// <summary>The 8 bytes as a big-endian number, or null.</summary>
    public long? SpanId { get; set; }

    /// <summary>The 8 bytes as a big-endian number, or null.</summary>
    public long? ParentSpanId { get; set; }

    /// <summary>Tokens sent that were neither read from nor written to a cache. Whole tokens.</summary>
    public long? InputTokens { get; set; }

    /// <summary>Tokens answered, reasoning included. Whole tokens.</summary>
    public long? OutputTokens { get; set; }

    /// <summary>Tokens read from a cache. Whole tokens.</summary>
    public long? CacheReadTokens { get; set; }

    /// <summary>Tokens written to a cache. Whole tokens.</summary>
    public long? CacheCreateTokens { get; set; }

    /// <summary>What the sender says the call cost, in nanodollars (USD × 10⁹).</summary>
    public long? CostNanodollars { get; set; }

    /// <summary>How long it took, in milliseconds.</summary>
    public double? DurationMs { get; set; }

    /// <summary>Time to the first token, in milliseconds.</summary>
    public double? TimeToFirstTokenMs { get; set; }

    /// <summary>The text: of a prompt, an answer, a tool's input and output, a log record. Already cut to what the plan keeps.</summary>
    public string? Body { get; set; }

    /// <summary>How it was kept.</summary>
    public MessageMarks Marks { get; set; }

    /// <summary>The attributes it shares with others.</summary>
    public AttributeSet Attributes { get; set; } = AttributeSet.Empty;

    /// <summary>Its own attributes, which stand before the shared ones: a flat JSON object.</summary>
    public string Metadata { get; set; } = "{}";

    /// <summary>Another one that says the same.</summary>
    public Message Copy() => (Message)MemberwiseClone();
}
