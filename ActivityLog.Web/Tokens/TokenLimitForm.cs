using ActivityLog.Core.Tokens;

namespace ActivityLog.Web.Tokens;

/// <summary>Limits as one types them; empty for the configured ones.</summary>
public sealed class TokenLimitForm
{
    private const decimal Megabyte = 1_000_000;

    /// <summary>Records a second.</summary>
    public int? RecordsPerSecond { get; set; }

    /// <summary>Megabytes a day.</summary>
    public decimal? MegabytesPerDay { get; set; }

    /// <summary>The limits of a token.</summary>
    public static TokenLimitForm Of(IngestToken token) => new() { RecordsPerSecond = token.RecordsPerSecond, MegabytesPerDay = token.BytesPerDay / Megabyte };

    /// <summary>What is typed.</summary>
    public TokenLimits ToLimits() => new(
        RecordsPerSecond,
        // What is below zero is refused, by however much; what is more than a number can hold is no less than its most.
        MegabytesPerDay is { } megabytes ? (long)Math.Floor(Math.Clamp(megabytes, -1, long.MaxValue / Megabyte) * Megabyte) : null);
}
