namespace ActivityLog.Core.Tokens;

/// <summary>How long what comes with a token is kept.</summary>
public static class RetentionPeriod
{
    /// <summary>Kept for ever.</summary>
    public const int Forever = -1;

    /// <summary>What is proposed for a new token: 5 years.</summary>
    public const int DefaultDays = 1825;

    /// <summary>The days that can be chosen.</summary>
    public static IReadOnlyList<int> Choices { get; } = [7, 30, 90, 180, 365, 730, 1095, 1825, Forever];

    /// <summary>When what arrives at <paramref name="receivedAt"/> expires; null for never.</summary>
    public static DateTime? ExpiresAt(DateTime receivedAt, int retentionDays) =>
        retentionDays == Forever ? null : receivedAt.AddDays(retentionDays);
}
