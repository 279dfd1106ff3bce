namespace ActivityLog.Ingest.Otlp.Queue;

/// <summary>Batches that are stored together.</summary>
internal sealed class CommitGroup(int number)
{
    private readonly HashSet<(int System, long Session)> _sessions = [];

    /// <summary>One that began later has a higher one.</summary>
    public int Number => number;

    public List<QueuedBatch> Batches { get; } = [];

    public int Rows { get; private set; }

    /// <summary>When the write under way began, as a timestamp of the clock; 0 when there is none.</summary>
    public long WritingSince { get; set; }

    public void Add(QueuedBatch queued)
    {
        Batches.Add(queued);
        Rows += queued.Batch.Count;
        _sessions.UnionWith(queued.Sessions);
    }

    /// <summary>Whether storing the batch meanwhile would make one of the two wait for the other, or find that it was first.</summary>
    public bool Meets(QueuedBatch queued) => _sessions.Overlaps(queued.Sessions);
}
