namespace ActivityLog.Web.Senders;

/// <summary>What a sender doesn't send, and what mends it.</summary>
/// <param name="Missing">What is missing and what that takes away, in English.</param>
/// <param name="Fix">The line that mends it: for PowerShell where the sender runs on Windows, else for a POSIX shell.</param>
/// <param name="IsOptional">Whether nothing is wrong without it: it is the sender's choice.</param>
internal sealed record SenderGapView(string Missing, string Fix, bool IsOptional);
