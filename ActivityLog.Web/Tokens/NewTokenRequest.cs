namespace ActivityLog.Web.Tokens;

/// <summary>A token to make.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="RetentionDays">Days that what comes with it is kept: 7, 30, 90, 180, 365, 730, 1095, 1825, or -1 for ever.</param>
/// <param name="ExpiresAt">From when on it is refused, in the future; a time without an offset is UTC. Left out: never.</param>
/// <param name="RecordsPerSecond">Log records, spans and data points a second that may come with it; 0 for no limit. Left out: the configured limit.</param>
/// <param name="BytesPerDay">Bytes of requests, decompressed, that may come with it on a UTC day; 0 for no limit. Left out: the configured limit.</param>
internal sealed record NewTokenRequest(
    string? Name, int? RetentionDays, DateTime? ExpiresAt = null, int? RecordsPerSecond = null, long? BytesPerDay = null);
