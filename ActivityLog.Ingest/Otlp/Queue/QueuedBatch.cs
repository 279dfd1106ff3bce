using ActivityLog.Core.Storage;

namespace ActivityLog.Ingest.Otlp.Queue;

/// <summary>A batch that waits to be stored.</summary>
internal sealed class QueuedBatch(TelemetryBatch batch, int bytes, long queuedAt)
{
    private readonly TaskCompletionSource<IngestOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TelemetryBatch Batch => batch;

    /// <summary>What the request it came with counts for.</summary>
    public int Bytes => bytes;

    /// <summary>When it came, as a timestamp of the clock.</summary>
    public long QueuedAt => queuedAt;

    public Task<IngestOutcome> Outcome => _outcome.Task;

    public void Complete(IngestOutcome outcome) => _outcome.TrySetResult(outcome);
}
