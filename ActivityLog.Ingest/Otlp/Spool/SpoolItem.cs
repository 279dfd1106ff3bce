namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>What stands at a place of the spool: a request, or damaged bytes.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Request">The request; null where the bytes are damaged.</param>
internal sealed record SpoolItem(SpoolPlace Start, long Length, ReceivedRequest? Request)
{
    /// <summary>Where it ends.</summary>
    public SpoolPlace End => Start with { Offset = Start.Offset + Length };
}
