using System.Threading.Channels;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Monitoring;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp.Queue;

/// <summary>
/// Stores batches of concurrent requests in shared commits: one writer takes whatever waits, and commits it at once. Nothing is delayed on purpose; commits
/// grow with the load. What may wait is bounded by rows, bytes and time. Safe to call from many threads.
/// </summary>
internal sealed partial class IngestQueue(
    ITelemetryStore store, MessageFeed feed, DatabaseState database, IngestMonitor monitor, TimeProvider clock, IOptions<OtlpOptions> options,
    ILogger<IngestQueue> logger) : IHostedService
{
    private readonly OtlpOptions _options = options.Value;
    private readonly Channel<QueuedBatch> _channel = Channel.CreateUnbounded<QueuedBatch>(new() { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly HashSet<QueuedBatch> _waiting = [];
    private long _rows;
    private long _bytes;
    private long _writingSince;
    private long _oldest;
    private Task _writer = Task.CompletedTask;

    /// <summary>Rows that wait or are being stored.</summary>
    public long QueuedRows => Interlocked.Read(ref _rows);

    /// <summary>What waits or is being stored.</summary>
    public QueueLevel Level => new(
        QueuedRows,
        Interlocked.Read(ref _bytes),
        Interlocked.Read(ref _oldest) is var since and not 0 ? clock.GetElapsedTime(since) : null,
        _options.MaxQueuedRows,
        _options.MaxQueuedBytes);

    /// <summary>How long the write that is under way has taken; null when there is none.</summary>
    public TimeSpan? WritingFor => Interlocked.Read(ref _writingSince) is not 0 and var since ? clock.GetElapsedTime(since) : null;

    /// <summary>Stores the batch, or says why it isn't stored. Returns only after the commit that has it.</summary>
    /// <param name="batch">What to store.</param>
    /// <param name="bytes">What the request it came with counts for.</param>
    /// <param name="isKept">Whether it is kept elsewhere when it isn't stored in time: then it needn't be stored later.</param>
    public async Task<IngestAnswer> AppendAsync(TelemetryBatch batch, int bytes, bool isKept)
    {
        if (batch.Count == 0)
        {
            return IngestOutcome.Stored;
        }

        if (database.IsAway)
        {
            return IngestOutcome.Unavailable;
        }

        var queued = new QueuedBatch(batch, bytes, clock.GetTimestamp());
        if (Enqueue(queued) is { } refused)
        {
            return refused;
        }

        lock (_lock)
        {
            _waiting.Add(queued);
        }

        try
        {
            return await queued.Outcome.WaitAsync(TimeSpan.FromSeconds(_options.MaxWaitSeconds), clock);
        }
        catch (TimeoutException)
        {
            if (isKept)
            {
                queued.Complete(IngestOutcome.TimedOut);
            }

            return new(IngestOutcome.TimedOut, queued.Outcome);
        }
        finally
        {
            lock (_lock)
            {
                _waiting.Remove(queued);
            }
        }
    }

    /// <summary>Stores the batch, however long it takes, or says why it isn't stored.</summary>
    /// <param name="batch">What to store.</param>
    /// <param name="bytes">What the request it came with counts for.</param>
    public Task<IngestOutcome> StoreAsync(TelemetryBatch batch, int bytes)
    {
        var queued = new QueuedBatch(batch, bytes, clock.GetTimestamp());
        return batch.Count == 0 ? Task.FromResult(IngestOutcome.Stored) : Enqueue(queued) is { } refused ? Task.FromResult(refused) : queued.Outcome;
    }

    /// <summary>Answers all who wait that the database is away. What isn't being written yet won't be.</summary>
    public void GiveUp()
    {
        lock (_lock)
        {
            foreach (var queued in _waiting)
            {
                queued.Complete(IngestOutcome.Unavailable);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        monitor.WatchQueue(() => Level);
        _writer = Task.Run(WriteAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Takes nothing more, and stores what waits, unless the database is away: then nobody waits for it any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _channel.Writer.TryComplete();
        if (!database.IsAway)
        {
            await _writer.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync()
    {
        var group = new List<QueuedBatch>();
        while (await _channel.Reader.WaitToReadAsync())
        {
            TakeGroup(group);
            if (group.Count == 0)
            {
                continue;
            }

            // Those behind it came later.
            Interlocked.Exchange(ref _oldest, group[0].QueuedAt);
            try
            {
                await StoreAsync(group);
            }
            finally
            {
                foreach (var queued in group)
                {
                    // Nothing for one that has its answer; no sender waits in vain for the others.
                    queued.Complete(IngestOutcome.Failed);
                    Release(queued);
                }

                group.Clear();
                Interlocked.Exchange(ref _oldest, 0);
            }
        }
    }

    private void TakeGroup(List<QueuedBatch> group)
    {
        var rows = 0;
        while (_channel.Reader.TryPeek(out var next) && (group.Count == 0 || rows + next.Batch.Count <= _options.MaxCommitRows))
        {
            _channel.Reader.TryRead(out _);
            if (next.Outcome.IsCompleted)
            {
                // Its sender has another answer already.
                Release(next);
                continue;
            }

            rows += next.Batch.Count;
            group.Add(next);
        }
    }

    private async Task StoreAsync(List<QueuedBatch> group)
    {
        var outcome = await TryStoreAsync([.. group.Select(static queued => queued.Batch)], isLast: group.Count == 1);
        if (outcome != IngestOutcome.Failed || group.Count == 1)
        {
            group.ForEach(queued => queued.Complete(outcome));
            return;
        }

        // One of them can't be stored: it must not fail its neighbours.
        foreach (var queued in group)
        {
            queued.Complete(await TryStoreAsync([queued.Batch], isLast: true));
        }
    }

    private async Task<IngestOutcome> TryStoreAsync(IReadOnlyList<TelemetryBatch> batches, bool isLast)
    {
        var start = clock.GetTimestamp();
        Interlocked.Exchange(ref _writingSince, start);
        try
        {
            // A commit in flight isn't given up: its senders may be gone, its rows aren't.
            var appended = await store.AppendAsync(batches, CancellationToken.None);
            NoteBack();
            monitor.CountCommit(batches.Sum(static batch => (long)batch.Count), clock.GetElapsedTime(start));
            Publish(appended);
            return IngestOutcome.Stored;
        }
        catch (StoreUnavailableException e)
        {
            NoteAway(e);
            monitor.CountFailure(e);
            return IngestOutcome.Unavailable;
        }
        catch (Exception e)
        {
            // It answered, if not as one would wish.
            NoteBack();
            if (isLast)
            {
                LogFailed(e, batches[0].TokenKey, batches[0].Count);
                monitor.CountFailure(e);
            }

            return IngestOutcome.Failed;
        }
        finally
        {
            Interlocked.Exchange(ref _writingSince, 0);
        }
    }

    private void NoteBack()
    {
        if (database.MarkBack() is { } absence)
        {
            LogBack(absence);
        }
    }

    private void NoteAway(StoreUnavailableException exception)
    {
        // Told once, however many requests find out.
        if (database.MarkAway(exception.GetBaseException().Message) || !database.IsAway)
        {
            LogUnavailable(exception);
        }

        if (database.IsAway)
        {
            GiveUp();
        }
    }

    private void Publish(TelemetryAppended appended)
    {
        if (appended.SystemKeys.Count == 0)
        {
            return;
        }

        try
        {
            feed.Publish(appended.SystemKeys, appended.NewMessages);
        }
        catch (Exception e)
        {
            // What is stored is stored, whoever can't bear the news.
            LogFeedFailed(e);
        }
    }

    // Why it can't wait here; null when it does.
    private IngestOutcome? Enqueue(QueuedBatch queued)
    {
        if (!TryTake(queued))
        {
            return IngestOutcome.Full;
        }

        if (!_channel.Writer.TryWrite(queued))
        {
            Release(queued);
            return IngestOutcome.Unavailable;
        }

        return null;
    }

    private bool TryTake(QueuedBatch queued)
    {
        var rows = Interlocked.Add(ref _rows, queued.Batch.Count);
        var bytes = Interlocked.Add(ref _bytes, queued.Bytes);
        // One that is larger than the bound by itself is taken when nothing else waits.
        var fits = (rows <= _options.MaxQueuedRows && bytes <= _options.MaxQueuedBytes) || rows == queued.Batch.Count;
        if (!fits)
        {
            Release(queued);
        }

        return fits;
    }

    private void Release(QueuedBatch queued)
    {
        Interlocked.Add(ref _rows, -queued.Batch.Count);
        Interlocked.Add(ref _bytes, -queued.Bytes);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database takes no writes now")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database takes writes again; it was away for {Absence}")]
    private partial void LogBack(TimeSpan absence);

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of token {TokenKey} with {Rows} rows can't be stored; its sender is told to try again")]
    private partial void LogFailed(Exception exception, int tokenKey, int rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber of the live feed failed")]
    private partial void LogFeedFailed(Exception exception);
}
