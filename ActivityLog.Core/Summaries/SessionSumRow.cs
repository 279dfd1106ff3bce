namespace ActivityLog.Core.Summaries;

/// <summary>A row of <c>session_sums</c>: the messages of a session that count, whatever their type.</summary>
public sealed class SessionSumRow : SumRow
{
    public long SessionKey { get; set; }
    public int? UserId { get; set; }

    /// <summary>Of generations; null for what else is in the session.</summary>
    public int? ModelId { get; set; }
    public int? ServiceId { get; set; }

    /// <summary>The pinned attributes (<see cref="SummarySetRow"/>).</summary>
    public long SetKey { get; set; }
    public long Prompts { get; set; }
    public long Generations { get; set; }

    /// <summary>Uses of tools that weren't denied.</summary>
    public long Tools { get; set; }

    /// <summary>Calls of a model that failed for good.</summary>
    public long Errors { get; set; }

    /// <summary>Messages of all types but repeats.</summary>
    public long Messages { get; set; }
    public long CostNanodollars { get; set; }
    public long InputTokens { get; set; }
    public long OutputTokens { get; set; }
    public long CacheReadTokens { get; set; }
    public long CacheCreateTokens { get; set; }
}
