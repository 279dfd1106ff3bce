namespace ActivityLog.Ingest.Otlp.Queue;

/// <summary>What became of a batch.</summary>
internal enum IngestOutcome
{
    /// <summary>Committed, or in the spool.</summary>
    Stored,

    /// <summary>Too much is waiting already: nothing was taken.</summary>
    Full,

    /// <summary>It waited too long. It may be stored yet; the repeat will be found.</summary>
    TimedOut,

    /// <summary>The database takes no writes now.</summary>
    Unavailable,

    /// <summary>The database takes no writes now, and the spool took no more.</summary>
    SpoolFull,

    /// <summary>The database didn't take this batch. It is logged.</summary>
    Failed,
}
