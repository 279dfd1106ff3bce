using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ActivityLog.Core.Tokens;

/// <summary>A row of <c>refusals</c>: those of one kind within one hour, on all nodes.</summary>
public sealed class RefusalRow
{
    /// <summary>Longest reason that is kept, in characters.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>When the hour began, UTC.</summary>
    public DateTime Hour { get; set; }

    /// <summary>Hash of what makes a kind: token, address, status and reason.</summary>
    public long KindKey { get; set; }

    /// <summary>Number of the System; null where the token is unknown.</summary>
    public int? SystemKey { get; set; }

    /// <summary>Number of the token; null where it is unknown.</summary>
    public int? TokenKey { get; set; }

    /// <summary>How the token begins; null for none.</summary>
    public string? Token { get; set; }

    /// <summary>The address.</summary>
    public required string Source { get; set; }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary>How many.</summary>
    public long Count { get; set; }

    /// <summary>When the first came, UTC.</summary>
    public DateTime FirstAt { get; set; }

    /// <summary>When the last came, UTC.</summary>
    public DateTime LastAt { get; set; }

    internal Refusal ToRefusal() => new(SystemKey, TokenKey, Token, Source, StatusCode, Reason, Count, FirstAt, LastAt);

    internal static long KindOf(Refusal refusal) => (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(
        $"{refusal.TokenKey}\0{refusal.Token}\0{refusal.Source}\0{refusal.StatusCode}\0{refusal.Reason}".AsSpan()));
}
