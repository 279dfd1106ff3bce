namespace ActivityLog.Core.Tokens;

/// <summary>What came with a token within one hour, on all nodes.</summary>
public sealed class TokenHour
{
    /// <summary>Number of the System.</summary>
    public required int SystemKey { get; init; }

    /// <summary>Number of the token.</summary>
    public required int TokenKey { get; init; }

    /// <summary>When the hour began, UTC.</summary>
    public required DateTime Hour { get; init; }

    /// <summary>Requests that were stored.</summary>
    public required long Requests { get; init; }

    /// <summary>Log records, spans and data points in them, repeats included.</summary>
    public required long Records { get; init; }

    /// <summary>Bytes of those requests, decompressed.</summary>
    public required long Bytes { get; init; }

    /// <summary>The address that the last of them came from; null where it isn't known.</summary>
    public required string? Address { get; init; }

    /// <summary>When the last of them came, UTC.</summary>
    public required DateTime LastAt { get; init; }

    /// <summary>Both together.</summary>
    public static TokenHour Merge(TokenHour one, TokenHour other)
    {
        var later = one.LastAt <= other.LastAt ? other : one;
        return new()
        {
            SystemKey = one.SystemKey,
            TokenKey = one.TokenKey,
            Hour = one.Hour,
            Requests = one.Requests + other.Requests,
            Records = one.Records + other.Records,
            Bytes = one.Bytes + other.Bytes,
            Address = later.Address,
            LastAt = later.LastAt,
        };
    }
}
