namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>A place between two records.</summary>
/// <param name="Segment">Number of the file.</param>
/// <param name="Offset">Bytes before it in the file.</param>
internal readonly record struct SpoolPlace(long Segment, long Offset);
