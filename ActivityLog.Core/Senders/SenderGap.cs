namespace ActivityLog.Core.Senders;

/// <summary>What a sender doesn't send, and what mends it.</summary>
/// <param name="Missing">What is missing and what that takes away, in English.</param>
/// <param name="Fix">The exact line that mends it, for the shell of the sender's operating system: PowerShell on Windows, else a POSIX shell.</param>
/// <param name="IsOptional">Whether nothing is wrong without it: it is the sender's choice.</param>
public sealed record SenderGap(string Missing, string Fix, bool IsOptional = false);
