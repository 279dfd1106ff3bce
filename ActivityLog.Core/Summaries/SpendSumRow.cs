namespace ActivityLog.Core.Summaries;

/// <summary>A row of <c>spend_sums</c>: generations.</summary>
public sealed class SpendSumRow : SumRow
{
    public int? ModelId { get; set; }
    public int? UserId { get; set; }
    public int? ServiceId { get; set; }

    /// <summary>Class of the tokens sent, for prices that depend on it (<see cref="PromptSize"/>).</summary>
    public short PromptSize { get; set; }

    /// <summary>Which pinned attributes (<see cref="SummarySetRow"/>); 0 for none.</summary>
    public long SetKey { get; set; }
    public long Calls { get; set; }
    public long CostNanodollars { get; set; }

    /// <summary>Calls that tell a cost.</summary>
    public long CostedCalls { get; set; }
    public long InputTokens { get; set; }
    public long OutputTokens { get; set; }
    public long CacheReadTokens { get; set; }
    public long CacheCreateTokens { get; set; }

    /// <summary>Milliseconds, as a <see cref="LogHistogram"/>; null for none.</summary>
    public byte[]? Durations { get; set; }

    /// <summary>Milliseconds to the first token, as a <see cref="LogHistogram"/>; null for none.</summary>
    public byte[]? Ttfts { get; set; }
}
