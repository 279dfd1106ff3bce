namespace ActivityLog.Core.Tokens;

/// <summary>Who sends a request: the System and token behind a secret that is valid now.</summary>
/// <param name="SystemKey">The System's number.</param>
/// <param name="SystemId">The System's id outside.</param>
/// <param name="TokenKey">The token's number.</param>
/// <param name="TokenId">The token's id outside.</param>
/// <param name="TokenPrefix">The first characters of the secret.</param>
/// <param name="RetentionDays">How long what it brings is kept; -1 for ever.</param>
/// <param name="BodyCharacters">Characters of a body that the System's plan keeps.</param>
public sealed record SendingSystem(int SystemKey, Guid SystemId, int TokenKey, Guid TokenId, string TokenPrefix, int RetentionDays, int BodyCharacters)
{
    /// <summary>How much may come with the token.</summary>
    public TokenLimits Limits { get; init; } = TokenLimits.Configured;
}
