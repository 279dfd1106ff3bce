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

    /// <summary>The sessions of its messages and the series of its points, each but once in a row: whose rows are locked while it is stored.</summary>
    public IReadOnlyList<(int System, long Session)> Sessions { get; } = SessionsOf(batch);

    public Task<IngestOutcome> Outcome => _outcome.Task;

    public void Complete(IngestOutcome outcome) => _outcome.TrySetResult(outcome);

    private static List<(int System, long Session)> SessionsOf(TelemetryBatch batch)
    {
        var sessions = new List<(int, long)>();
        foreach (var message in batch.Messages)
        {
            Add((message.SystemKey, message.Key.Session));
        }

        foreach (var point in batch.Points)
        {
            Add((point.SystemKey, point.SeriesKey));
        }

        return sessions;

        void Add((int, long) session)
        {
            if (sessions.Count == 0 || sessions[^1] != session)
            {
                sessions.Add(session);
            }
        }
    }
}
