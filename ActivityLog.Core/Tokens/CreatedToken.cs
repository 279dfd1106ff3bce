namespace ActivityLog.Core.Tokens;

/// <summary>A token just made.</summary>
/// <param name="Token">The token as kept.</param>
/// <param name="Secret">The secret: shown once, kept nowhere.</param>
public sealed record CreatedToken(IngestToken Token, string Secret);
