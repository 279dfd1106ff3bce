using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Monitoring;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp.Queue;

/// <summary>
/// Stores batches of concurrent requests in shared commits: whatever waits is committed together as soon as the engine has room for one more commit. Nothing is
/// delayed on purpose; commits grow with the load. What may wait is bounded by rows, bytes and time. Safe to call from many threads.
/// </summary>
internal sealed partial class IngestQueue(
    ITelemetryStore store, MessageFeed feed, DatabaseState database, IngestMonitor monitor, TimeProvider clock, IOptions<OtlpOptions> options,
    ILogger<IngestQueue> logger) : IHostedService
{
    private readonly OtlpOptions _options = options.Value;
    private readonly Backlog _backlog = new(options.Value, store.Writers);
    private readonly Lock _lock = new();
    private readonly HashSet<QueuedBatch> _waiting = [];

    /// <summary>Rows that wait or are being stored.</summary>
    public long QueuedRows => _backlog.Rows;

    /// <summary>What waits or is being stored.</summary>
    public QueueLevel Level => new(
        _backlog.Rows, _backlog.Bytes, _backlog.OldestAt is { } since ? clock.GetElapsedTime(since) : null, _options.MaxQueuedRows, _options.MaxQueuedBytes);

    /// <summary>How long the write has taken that has been under way for longest; null when there is none.</summary>
    public TimeSpan? WritingFor => _backlog.WritingSince is { } since ? clock.GetElapsedTime(since) : null;

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
        return Task.CompletedTask;
    }

    /// <summary>Takes nothing more, and stores what waits, unless the database is away: then nobody waits for it any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var done = _backlog.CloseAsync();
        if (!database.IsAway)
        {
            await done.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Why it can't wait here; null when it does.
    private IngestOutcome? Enqueue(QueuedBatch queued)
    {
        var refused = _backlog.Add(queued);
        BeginGroups();
        return refused;
    }

    private void BeginGroups()
    {
        while (_backlog.TryBegin(out var group))
        {
            var begun = group;
            _ = Task.Run(() => RunAsync(begun));
        }
    }

    private async Task RunAsync(CommitGroup group)
    {
        try
        {
            await StoreAsync(group);
        }
        finally
        {
            // Nothing for one that has its answer; no sender waits in vain for the others.
            group.Batches.ForEach(static queued => queued.Complete(IngestOutcome.Failed));
            _backlog.End(group);
            BeginGroups();
        }
    }

    private async Task StoreAsync(CommitGroup group)
    {
        var isOne = group.Batches.Count == 1;
        var outcome = await TryStoreAsync(group, [.. group.Batches.Select(static queued => queued.Batch)], isLast: isOne);
        if (outcome != IngestOutcome.Failed || isOne)
        {
            group.Batches.ForEach(queued => queued.Complete(outcome));
            return;
        }

        // One of them can't be stored: it must not fail its neighbours.
        foreach (var queued in group.Batches)
        {
            queued.Complete(await TryStoreAsync(group, [queued.Batch], isLast: true));
        }
    }

    private async Task<IngestOutcome> TryStoreAsync(CommitGroup group, IReadOnlyList<TelemetryBatch> batches, bool isLast)
    {
        var start = clock.GetTimestamp();
        _backlog.NoteWriting(group, start);
        try
        {
            // A commit in flight isn't given up: its senders may be gone, its rows aren't.
            var appended = await store.AppendAsync(batches, CancellationToken.None);
            NoteBack(group);
            monitor.CountCommit(batches.Sum(static batch => (long)batch.Count), clock.GetElapsedTime(start));
            Publish(appended);
            return IngestOutcome.Stored;
        }
        catch (Exception e) when (e is StoreUnavailableException || StoreErrors.IsIncomplete(e))
        {
            NoteAway(e);
            monitor.CountFailure(e);
            return IngestOutcome.Unavailable;
        }
        catch (Exception e)
        {
            // It answered, if not as one would wish.
            NoteBack(group);
            if (isLast)
            {
                LogFailed(e, batches[0].TokenKey, batches[0].Count);
                monitor.CountFailure(e);
            }

            return IngestOutcome.Failed;
        }
        finally
        {
            _backlog.NoteWriting(group, 0);
        }
    }

    private void NoteBack(CommitGroup group)
    {
        // While an older write doesn't end, the database isn't back, whatever it does with others.
        if (_backlog.IsOldest(group) && database.MarkBack() is { } absence)
        {
            LogBack(absence);
        }
    }

    private void NoteAway(Exception exception)
    {
        // Told once, however many requests find out.
        var isIncomplete = StoreErrors.IsIncomplete(exception);
        if (database.MarkAway(exception.GetBaseException().Message, isIncomplete) || !database.IsAway)
        {
            if (isIncomplete)
            {
                LogIncomplete(exception);
            }
            else
            {
                LogUnavailable(exception);
            }
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database takes no writes now")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database answers, but lacks tables or rights that are needed; unless a backup is being put back, this must be mended by hand")]
    private partial void LogIncomplete(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database takes writes again; it was away for {Absence}")]
    private partial void LogBack(TimeSpan absence);

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of token {TokenKey} with {Rows} rows can't be stored; its sender is told to try again")]
    private partial void LogFailed(Exception exception, int tokenKey, int rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber of the live feed failed")]
    private partial void LogFeedFailed(Exception exception);
}
