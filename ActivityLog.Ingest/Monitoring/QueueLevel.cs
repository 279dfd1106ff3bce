namespace ActivityLog.Ingest.Monitoring;

/// <summary>What waits to be stored.</summary>
/// <param name="Rows">Rows that wait or are being stored.</param>
/// <param name="Bytes">Bytes of the requests they came with.</param>
/// <param name="OldestAge">How long the oldest of them has waited; null when nothing waits.</param>
/// <param name="MaxRows">Rows past which senders are told to try again.</param>
/// <param name="MaxBytes">Bytes past which they are.</param>
public sealed record QueueLevel(long Rows, long Bytes, TimeSpan? OldestAge, long MaxRows, long MaxBytes)
{
    /// <summary>What there is before anybody watches.</summary>
    public static QueueLevel None { get; } = new(0, 0, null, 0, 0);
}
