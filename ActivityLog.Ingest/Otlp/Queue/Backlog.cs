using System.Diagnostics.CodeAnalysis;

namespace ActivityLog.Ingest.Otlp.Queue;

/// <summary>
/// What waits to be stored, in the order that it came, and the groups of it that are being stored. Bounded by rows and bytes. Safe to call from many threads.
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="maxGroups">Groups that may be stored at once: never two that touch the same session.</param>
internal sealed class Backlog(OtlpOptions options, int maxGroups)
{
    // Fewer rows aren't worth the round trips of a group of their own while another is under way.
    private const int RowsBesideAnother = 200;

    private readonly Lock _lock = new();
    private readonly Queue<QueuedBatch> _waiting = new();
    private readonly List<CommitGroup> _groups = [];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _rows;
    private long _bytes;
    private long _waitingRows;
    private int _groupsBegun;
    private bool _isClosed;

    /// <summary>Rows that wait or are being stored.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Bytes of the requests they came with.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>When the oldest batch came that isn't stored yet, as a timestamp of the clock; null for none.</summary>
    public long? OldestAt
    {
        get
        {
            lock (_lock)
            {
                // Those behind it came later.
                return _groups.Count > 0 ? _groups.Min(static group => group.Batches[0].QueuedAt) : _waiting.TryPeek(out var next) ? next.QueuedAt : null;
            }
        }
    }

    /// <summary>When the write began that has taken longest of those under way; null for none.</summary>
    public long? WritingSince
    {
        get
        {
            lock (_lock)
            {
                return _groups.Where(static group => group.WritingSince != 0).Min(static group => (long?)group.WritingSince);
            }
        }
    }

    /// <summary>Adds a batch.</summary>
    /// <returns>Why it can't wait here; null when it does.</returns>
    public IngestOutcome? Add(QueuedBatch queued)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return IngestOutcome.Unavailable;
            }

            // One that is larger than the bound by itself is taken when nothing else waits.
            if (_rows > 0 && (_rows + queued.Batch.Count > options.MaxQueuedRows || _bytes + queued.Bytes > options.MaxQueuedBytes))
            {
                return IngestOutcome.Full;
            }

            _rows += queued.Batch.Count;
            _bytes += queued.Bytes;
            _waitingRows += queued.Batch.Count;
            _waiting.Enqueue(queued);
            return null;
        }
    }

    /// <summary>Begins a group of what waits, where it is time for one. <see cref="End"/> must follow.</summary>
    public bool TryBegin([NotNullWhen(true)] out CommitGroup? group)
    {
        lock (_lock)
        {
            group = null;
            SkipAnswered();
            if (_groups.Count >= maxGroups || (_groups.Count > 0 && _waitingRows < RowsBesideAnother))
            {
                return false;
            }

            while (_waiting.TryPeek(out var next)
                && (group is null || group.Rows + next.Batch.Count <= options.MaxCommitRows) && !_groups.Exists(other => other.Meets(next)))
            {
                group ??= new(++_groupsBegun);
                group.Add(Dequeue());
                SkipAnswered();
            }

            if (group is not null)
            {
                _groups.Add(group);
            }

            return group is not null;
        }
    }

    /// <summary>Notes when the write of a group began; 0 that it ended.</summary>
    public void NoteWriting(CommitGroup group, long since)
    {
        lock (_lock)
        {
            group.WritingSince = since;
        }
    }

    /// <summary>Whether the group is the oldest of those under way.</summary>
    public bool IsOldest(CommitGroup group)
    {
        lock (_lock)
        {
            return _groups.TrueForAll(other => other.Number >= group.Number);
        }
    }

    /// <summary>Ends a group.</summary>
    public void End(CommitGroup group)
    {
        lock (_lock)
        {
            _groups.Remove(group);
            group.Batches.ForEach(Release);
            EndIfDone();
        }
    }

    /// <summary>Takes nothing more.</summary>
    /// <returns>Ends with the last group.</returns>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            SkipAnswered();
            EndIfDone();
        }

        return _done.Task;
    }

    // Their senders have another answer already.
    private void SkipAnswered()
    {
        while (_waiting.TryPeek(out var next) && next.Outcome.IsCompleted)
        {
            Release(Dequeue());
        }
    }

    private QueuedBatch Dequeue()
    {
        var queued = _waiting.Dequeue();
        _waitingRows -= queued.Batch.Count;
        return queued;
    }

    private void Release(QueuedBatch queued)
    {
        _rows -= queued.Batch.Count;
        _bytes -= queued.Bytes;
    }

    private void EndIfDone()
    {
        if (_isClosed && _groups.Count + _waiting.Count == 0)
        {
            _done.TrySetResult();
        }
    }
}
