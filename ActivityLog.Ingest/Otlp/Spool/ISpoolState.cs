namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>Tells how full the spool is. Safe to call from many threads, and cheap.</summary>
public interface ISpoolState
{
    /// <summary>How full it is now.</summary>
    SpoolState Current { get; }
}
