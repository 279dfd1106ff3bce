using ActivityLog.Core.Senders;

namespace ActivityLog.Web.Senders;

/// <summary>A sender and what is missing of it.</summary>
/// <param name="Seen">The sender.</param>
/// <param name="Gaps">What is missing.</param>
public sealed record SenderRow(SenderSeen Seen, IReadOnlyList<SenderGap> Gaps);
