using System.Text.Json.Serialization;
using ActivityLog.Core.Tokens;

namespace ActivityLog.Web.Tokens;

/// <summary>A token, without its secret but for the one answer that made it.</summary>
internal sealed record TokenView
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The first characters of the secret, to tell tokens apart.</summary>
    public required string Prefix { get; init; }

    /// <summary>Days that what comes with it is kept; -1 for ever.</summary>
    public required int RetentionDays { get; init; }

    /// <summary>Log records, spans and data points a second that may come with it; 0 for no limit, null for the configured one.</summary>
    public required int? RecordsPerSecond { get; init; }

    /// <summary>Bytes of requests, decompressed, that may come with it on a UTC day; 0 for no limit, null for the configured one.</summary>
    public required long? BytesPerDay { get; init; }

    /// <summary>The secret: in the answer that made the token, this once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Token { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string? CreatedBy { get; init; }

    /// <summary>From when on it is refused, UTC; null for never.</summary>
    public required DateTime? ExpiresAt { get; init; }

    /// <summary>When it was revoked, UTC.</summary>
    public required DateTime? RevokedAt { get; init; }

    /// <summary>When anything was last stored with it, UTC.</summary>
    public required DateTime? LastUsedAt { get; init; }

    /// <summary>Messages it brought.</summary>
    public required long MessageCount { get; init; }

    public static TokenView Of(IngestToken token, string? secret = null) => new()
    {
        Id = token.Id,
        Name = token.Name,
        Prefix = token.Prefix,
        RetentionDays = token.RetentionDays,
        RecordsPerSecond = token.RecordsPerSecond,
        BytesPerDay = token.BytesPerDay,
        Token = secret,
        CreatedAt = token.CreatedAt,
        CreatedBy = token.CreatedBy,
        ExpiresAt = token.ExpiresAt,
        RevokedAt = token.RevokedAt,
        LastUsedAt = token.LastUsedAt,
        MessageCount = token.MessageCount,
    };
}
