namespace ActivityLog.Core.Summaries;

/// <summary>A row of <c>tool_sums</c>: uses of tools, and decisions about them.</summary>
public sealed class ToolSumRow : SumRow
{
    public int? ToolId { get; set; }
    public int? UserId { get; set; }
    public int? ServiceId { get; set; }

    /// <summary>Which pinned attributes (<see cref="SummarySetRow"/>); 0 for none.</summary>
    public long SetKey { get; set; }

    /// <summary>Uses that weren't denied.</summary>
    public long Uses { get; set; }

    /// <summary>Uses that failed.</summary>
    public long Errors { get; set; }

    /// <summary>Uses that were denied: they never ran.</summary>
    public long Denied { get; set; }

    /// <summary>Decisions that accepted.</summary>
    public long Accepted { get; set; }

    /// <summary>Decisions that rejected.</summary>
    public long Rejected { get; set; }

    /// <summary>Milliseconds of the uses, as a <see cref="LogHistogram"/>; null for none.</summary>
    public byte[]? Durations { get; set; }
}
