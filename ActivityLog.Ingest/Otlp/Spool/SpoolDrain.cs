using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Ingest.Otlp.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>
/// Stores what was spooled once the database is back: in the order that it came, through the queue that all else goes through, live requests first. A crash on
/// the way does no harm, since what is stored already is found.
/// </summary>
internal sealed partial class SpoolDrain(
    Spool spool, IngestQueue queue, DatabaseState database, ISystemStore systems, TimeProvider clock, IOptions<OtlpOptions> options, ILogger<SpoolDrain> logger)
    : BackgroundService
{
    private const int MaxGroupRequests = 500;
    private const long MaxGroupBytes = 4 * 1024 * 1024;

    // So often is one tried that the database refuses while it takes others.
    private const int Attempts = 3;

    // So long, where there are no others to compare it with.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_failurePause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    // Live requests come first, but not for ever.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1);

    private int _failures;
    private long _failingSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!spool.IsOn)
        {
            return;
        }

        string? told = null;
        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (spool.Open() is { IsEmpty: false } folder && database.Answers && await DrainAsync(folder, stoppingToken))
                {
                    await LetOthersGoFirstAsync(stoppingToken);
                }

                told = null;
                if (_failures >= Attempts)
                {
                    await Task.Delay(s_failurePause, clock, stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                spool.Note($"Spooled requests can't be stored yet: {exception.Message}");
                if (told != exception.Message)
                {
                    LogFailed(exception);
                    told = exception.Message;
                }
            }
        }
    }

    // False when it is better to wait a while.
    private async Task<bool> DrainAsync(SpoolFolder folder, CancellationToken cancellationToken)
    {
        // While nobody knows whether the database takes writes again, one request finds out.
        var items = ReadGroup(folder, database.IsAway ? 1 : MaxGroupRequests);
        var known = (await systems.ListWithDeletedAsync(cancellationToken)).ToDictionary(static system => system.Key);
        if (known.Count == 0)
        {
            // What took requests had Systems: a backup is being put back, or this is a new database that has none yet. Either way they can wait.
            throw new StoreUnavailableException("The database has no Systems: is it being restored?");
        }

        var outcomes = await Task.WhenAll(items.Select(item => StoreAsync(item, known)));
        var done = 0;
        try
        {
            foreach (var (item, outcome) in items.Zip(outcomes))
            {
                // A database without the System is another one, or an older backup: nothing that was promised is thrown away for it.
                if (item.Request is null || Find(known, item.Request) is null || (outcome == IngestOutcome.Failed && IsItsOwnFault(outcomes)))
                {
                    spool.SetAside(folder, item);
                }
                else if (outcome != IngestOutcome.Stored)
                {
                    _failures = outcome == IngestOutcome.Unavailable ? 0 : _failures;
                    break;
                }

                _failures = 0;
                done++;
            }
        }
        finally
        {
            Advance(folder, items, done);
        }

        return done == items.Count;
    }

    private void Advance(SpoolFolder folder, List<SpoolItem> items, int done)
    {
        if (done == 0)
        {
            return;
        }

        folder.Advance(items[done - 1].End, items.Take(done).Count(static item => item.Request is not null));
        if (folder.IsEmpty)
        {
            LogEmpty();
        }
    }

    private static MonitoredSystem? Find(Dictionary<int, MonitoredSystem> known, ReceivedRequest request) =>
        known.TryGetValue(request.Sender.SystemKey, out var system) && system.Id == request.Sender.SystemId ? system : null;

    private bool IsItsOwnFault(IngestOutcome[] outcomes)
    {
        _failingSince = _failures++ == 0 ? clock.GetTimestamp() : _failingSince;
        return (_failures >= Attempts && outcomes.Contains(IngestOutcome.Stored)) || clock.GetElapsedTime(_failingSince) > s_patience;
    }

    private static List<SpoolItem> ReadGroup(SpoolFolder folder, int most)
    {
        var items = new List<SpoolItem>();
        var bytes = 0L;
        while (items.Count < most && bytes < MaxGroupBytes && folder.Read(items.Count == 0 ? null : items[^1].End) is { } item)
        {
            items.Add(item);
            bytes += item.Length;
        }

        return items;
    }

    private async Task<IngestOutcome> StoreAsync(SpoolItem item, Dictionary<int, MonitoredSystem> known)
    {
        if (item.Request is not { } request || Find(known, request) is not { } system)
        {
            return IngestOutcome.Failed;
        }

        if (system.DeletedAt is not null)
        {
            LogDropped(request.Sender.SystemId, request.ReceivedAt);
            return IngestOutcome.Stored;
        }

        try
        {
            var mapped = request.Map(RequestLimits.None);
            return await queue.StoreAsync(request.ToBatch(mapped), request.WeightOf(mapped));
        }
        catch (Exception exception)
        {
            // It was mapped before it was spooled, perhaps by another version: whatever it fails with now, the others don't wait for it.
            LogNotMapped(exception, request.Sender.TokenKey);
            return IngestOutcome.Failed;
        }
    }

    private async Task LetOthersGoFirstAsync(CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (queue.QueuedRows > options.Value.MaxCommitRows && clock.GetElapsedTime(start) < s_longestWait)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "All that was spooled is stored")]
    private partial void LogEmpty();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A spooled request of {ReceivedAt} was dropped: its System {SystemId} was deleted")]
    private partial void LogDropped(Guid systemId, DateTime receivedAt);

    [LoggerMessage(Level = LogLevel.Error, Message = "A spooled request of token {TokenKey} can't be read")]
    private partial void LogNotMapped(Exception exception, int tokenKey);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Spooled requests can't be stored yet; trying again")]
    private partial void LogFailed(Exception exception);
}
