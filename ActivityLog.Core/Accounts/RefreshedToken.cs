namespace ActivityLog.Core.Accounts;

/// <summary>What a refresh token was exchanged for.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Secret">The next refresh token: shown once, kept nowhere.</param>
public sealed record RefreshedToken(AppUser User, string Secret);
