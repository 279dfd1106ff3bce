using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Storage;

/// <summary>
/// A row of <c>messages</c>; the columns of <see cref="Message"/>, with numbers for what many rows share. EF Core makes the table from it;
/// the write path and the aggregates speak SQL. Each column has the query it serves in <see cref="MessageRowConfiguration"/>.
/// </summary>
public sealed class MessageRow
{
    public int SystemKey { get; set; }
    public long SessionKey { get; set; }
    public long CallKey { get; set; }
    public long OccurredAt { get; set; }
    public long? StartedAt { get; set; }
    public long ReceivedAt { get; set; }
    public long? ExpiresAt { get; set; }
    public int TokenKey { get; set; }
    public MessageParts Parts { get; set; }
    public MessageMarks Marks { get; set; }
    public MessageType Type { get; set; }
    public MessageLevel? Level { get; set; }
    public MessageStatus? Status { get; set; }
    public int NameId { get; set; }
    public int? ServiceId { get; set; }
    public int? ModelId { get; set; }
    public int? ProviderId { get; set; }
    public int? UserId { get; set; }
    public int? ToolId { get; set; }
    public int? AgentId { get; set; }
    public long? InputTokens { get; set; }
    public long? OutputTokens { get; set; }
    public long? CacheReadTokens { get; set; }
    public long? CacheCreateTokens { get; set; }
    public long? CostNanodollars { get; set; }
    public double? DurationMs { get; set; }
    public double? TtftMs { get; set; }
    public byte[]? TraceId { get; set; }
    public long? SpanId { get; set; }
    public long? ParentSpanId { get; set; }
    public long AttributeSetKey { get; set; }
    public string? SessionId { get; set; }
    public string? PromptId { get; set; }
    public string? RequestId { get; set; }
    public string? ToolUseId { get; set; }
    public string? Error { get; set; }
    public string? Body { get; set; }
    public string Metadata { get; set; } = "{}";
}
