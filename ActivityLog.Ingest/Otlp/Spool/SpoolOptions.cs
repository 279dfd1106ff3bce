using System.ComponentModel.DataAnnotations;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>The spool: files in the data directory that take requests while PostgreSQL is away.</summary>
public sealed class SpoolOptions
{
    /// <summary>Where the options stand in the configuration.</summary>
    public const string Section = "ActivityLog:Spool";

    /// <summary>Bytes that the spool may have on the disk; past it senders are told to try again. 0 turns it off.</summary>
    [Range(0, long.MaxValue)]
    public long MaxBytes { get; set; } = 1024 * 1024 * 1024;
}
