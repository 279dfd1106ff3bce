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
    ITelemetryStore store, MessageFeed feed, IngestMonitor monitor, TimeProvider clock, IOptions<OtlpOptions> options, ILogger<IngestQueue> logger) : IHostedService
{
    private readonly OtlpOptions _options = options.Value;
    private readonly Channel<QueuedBatch> _channel = Channel.CreateUnbounded<QueuedBatch>(new() { SingleReader = true });
    private long _rows;
    private long _bytes;
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

    /// <summary>Stores the batch, or says why it isn't stored. Returns only after the commit that has it.</summary>
    /// <param name="batch">What to store.</param>
    /// <param name="bytes">Size of the request it came with.</param>
    /// <param name="cancellationToken">Ends the waiting; what is queued is stored all the same.</param>
    public async Task<IngestOutcome> AppendAsync(TelemetryBatch batch, int bytes, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return IngestOutcome.Stored;
        }

        var queued = new QueuedBatch(batch, bytes, clock.GetTimestamp());
        if (!TryTake(queued))
        {
            return IngestOutcome.Full;
        }

        if (!_channel.Writer.TryWrite(queued))
        {
            Release(queued);
            return IngestOutcome.Unavailable;
        }

        try
        {
            return await queued.Outcome.WaitAsync(TimeSpan.FromSeconds(_options.MaxWaitSeconds), clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return IngestOutcome.TimedOut;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        monitor.WatchQueue(() => Level);
        _writer = Task.Run(WriteAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Takes nothing more, and stores what waits.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _channel.Writer.TryComplete();
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WriteAsync()
    {
        var group = new List<QueuedBatch>();
        while (await _channel.Reader.WaitToReadAsync())
        {
            TakeGroup(group);
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
            rows += next.Batch.Count;
            group.Add(next);
            _channel.Reader.TryRead(out _);
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
        try
        {
            // A commit in flight isn't given up: its senders may be gone, its rows aren't.
            var appended = await store.AppendAsync(batches, CancellationToken.None);
            monitor.CountCommit(batches.Sum(static batch => (long)batch.Count), clock.GetElapsedTime(start));
            Publish(appended);
            return IngestOutcome.Stored;
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e);
            monitor.CountFailure(e);
            return IngestOutcome.Unavailable;
        }
        catch (Exception e)
        {
            if (isLast)
            {
                LogFailed(e, batches[0].TokenKey, batches[0].Count);
                monitor.CountFailure(e);
            }

            return IngestOutcome.Failed;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database takes no writes now; senders are told to try again")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of token {TokenKey} with {Rows} rows can't be stored; its sender is told to try again")]
    private partial void LogFailed(Exception exception, int tokenKey, int rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber of the live feed failed")]
    private partial void LogFeedFailed(Exception exception);
}
