namespace ActivityLog.Core.Senders;

/// <summary>What a sender doesn't send, and what mends it.</summary>
/// <param name="Missing">What is missing and what that takes away, in English.</param>
/// <param name="Fix">The exact line that mends it: for a POSIX shell.</param>
public sealed record SenderGap(string Missing, string Fix);
