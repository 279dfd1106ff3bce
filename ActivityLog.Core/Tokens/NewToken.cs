namespace ActivityLog.Core.Tokens;

/// <summary>What a new token is made from; checked by the caller.</summary>
/// <param name="SystemKey">Number of the System it writes to.</param>
/// <param name="Name">1 to <see cref="IngestToken.MaxNameLength"/> characters.</param>
/// <param name="RetentionDays">One of <see cref="RetentionPeriod.Choices"/>.</param>
/// <param name="ExpiresAt">From when on it is refused, UTC; null for never.</param>
/// <param name="CreatedBy">Who makes it.</param>
public sealed record NewToken(int SystemKey, string Name, int RetentionDays, DateTime? ExpiresAt, string? CreatedBy)
{
    /// <summary>How much may come with it.</summary>
    public TokenLimits Limits { get; init; } = TokenLimits.Configured;
}
