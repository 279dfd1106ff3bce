using ActivityLog.Core.Storage;

namespace ActivityLog.Ingest.Otlp.Queue;

/// <summary>A batch that waits to be stored.</summary>
internal sealed class QueuedBatch(TelemetryBatch batch, int bytes)
{
    private readonly TaskCompletionSource<IngestOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TelemetryBatch Batch => batch;

    /// <summary>Size of the request it came with.</summary>
    public int Bytes => bytes;

    public Task<IngestOutcome> Outcome => _outcome.Task;

    public void Complete(IngestOutcome outcome) => _outcome.TrySetResult(outcome);
}
