namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>How full the spool is: requests that were answered while the database was away, on this node's disk until they are stored.</summary>
/// <param name="IsOn">Whether there is a spool: with PostgreSQL, unless it is turned off.</param>
/// <param name="IsInUse">Whether requests are spooled now, or spooled ones wait to be stored.</param>
/// <param name="Bytes">Bytes on the disk.</param>
/// <param name="MaxBytes">Bytes it may have; 0 without a spool.</param>
/// <param name="Requests">Requests that wait to be stored.</param>
/// <param name="OldestAt">When the oldest of them came, UTC; null when none waits.</param>
/// <param name="SetAside">Requests and damaged remains that couldn't be stored and lie in files for a person to look at: those that came since the start, and those there were then.</param>
/// <param name="LastError">What last went wrong with the spool itself (full, disk full, damaged), in English; null for nothing since the start.</param>
/// <param name="LastErrorAt">When that was, UTC.</param>
public sealed record SpoolState(
    bool IsOn, bool IsInUse, long Bytes, long MaxBytes, long Requests, DateTime? OldestAt, long SetAside, string? LastError, DateTime? LastErrorAt)
{
    /// <summary>Whether it takes what comes: there is one, its folder can be used, and it isn't full nor its disk, as far as was lately seen.</summary>
    public bool CanTake { get; init; }

    /// <summary>No spool.</summary>
    public static SpoolState Off { get; } = new(false, false, 0, 0, 0, null, 0, null, null);
}
