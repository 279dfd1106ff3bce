namespace ActivityLog.Web.Tokens;

/// <summary>A token to make.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="RetentionDays">Days that what comes with it is kept: 7, 30, 90, 180, 365, 730, 1095, 1825, or -1 for ever.</param>
/// <param name="ExpiresAt">From when on it is refused, in the future; a time without an offset is UTC. Left out: never.</param>
internal sealed record NewTokenRequest(string? Name, int? RetentionDays, DateTime? ExpiresAt = null);
