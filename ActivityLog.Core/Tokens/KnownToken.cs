using ActivityLog.Core.Systems;

namespace ActivityLog.Core.Tokens;

/// <summary>A token that was good when the database was last asked.</summary>
/// <param name="Hash">SHA-256 of the secret, as hex.</param>
/// <param name="Sender">Who it belongs to.</param>
/// <param name="ExpiresAt">From when on it is refused, UTC; null for never.</param>
internal sealed record KnownToken(string Hash, SendingSystem Sender, DateTime? ExpiresAt)
{
    public static KnownToken Of(IngestToken token, MonitoredSystem system, PlanOptions plans) => new(
        Convert.ToHexString(token.Hash),
        new SendingSystem(system.Key, system.Id, token.Key, token.Id, token.Prefix, token.RetentionDays, plans.BodyCharacters(system.Plan))
        {
            Limits = new(token.RecordsPerSecond, token.BytesPerDay),
        },
        token.ExpiresAt);
}
