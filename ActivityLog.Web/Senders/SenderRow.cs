using ActivityLog.Core.Senders;

namespace ActivityLog.Web.Senders;

/// <summary>A sender and what is missing of it.</summary>
/// <param name="Seen">The sender.</param>
/// <param name="Gaps">What is missing, and what may be sent besides.</param>
public sealed record SenderRow(SenderSeen Seen, IReadOnlyList<SenderGap> Gaps)
{
    /// <summary>Whether something is missing that should come.</summary>
    public bool IsIncomplete => Gaps.Any(static gap => !gap.IsOptional);
}
