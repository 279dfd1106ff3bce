using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Summaries;

/// <summary>A row of <c>count_sums</c>: messages of every type.</summary>
public sealed class CountSumRow : SumRow
{
    public MessageType Type { get; set; }
    public MessageStatus? Status { get; set; }
    public int? ModelId { get; set; }
    public int? UserId { get; set; }
    public int? ServiceId { get; set; }

    /// <summary>Which pinned attributes (<see cref="SummarySetRow"/>); 0 for none.</summary>
    public long SetKey { get; set; }
    public long Messages { get; set; }

    /// <summary>Attempts beyond the first, of calls that were answered and of those that failed.</summary>
    public long Retries { get; set; }
}
