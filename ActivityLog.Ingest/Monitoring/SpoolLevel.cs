namespace ActivityLog.Ingest.Monitoring;

/// <summary>What is on this node's disk until the database takes it.</summary>
/// <param name="IsInUse">Whether anything waits there.</param>
/// <param name="Requests">Requests that wait there.</param>
/// <param name="Bytes">Their bytes on the disk.</param>
/// <param name="MaxBytes">Bytes past which senders are told to try again.</param>
/// <param name="OldestAt">When the oldest of them came, UTC; null when nothing waits.</param>
public sealed record SpoolLevel(bool IsInUse, long Requests, long Bytes, long MaxBytes, DateTime? OldestAt);
