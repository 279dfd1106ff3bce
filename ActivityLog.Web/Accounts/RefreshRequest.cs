namespace ActivityLog.Web.Accounts;

/// <summary>What is exchanged.</summary>
/// <param name="RefreshToken">The refresh token of the last answer; it works once.</param>
internal sealed record RefreshRequest(string? RefreshToken);
