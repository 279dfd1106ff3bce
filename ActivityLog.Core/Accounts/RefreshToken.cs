namespace ActivityLog.Core.Accounts;

/// <summary>A refresh token of the API, as kept: its hash only. Each refresh replaces it by another of the same family.</summary>
public sealed class RefreshToken
{
    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>All tokens that came from one login. One used twice ends the family.</summary>
    public Guid FamilyId { get; set; }

    /// <summary>Whose it is.</summary>
    public Guid UserId { get; set; }

    /// <summary>The person's security stamp when the family began: a changed password ends it.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>From when on it is refused, UTC.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>When it was used, UTC; a second use ends the family.</summary>
    public DateTime? UsedAt { get; set; }
}
