using ActivityLog.Core.Nodes;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Summaries;

/// <summary>
/// Keeps the tables of sums small: what writers append is added up behind them, on one node at a time, in small steps with pauses. The last two days, which most
/// rows are written for, are looked at every few seconds; all others now and then.
/// </summary>
internal sealed class SumCompactor(
    IDbContextFactory<ActivityLogDbContext> contexts, SumCompaction compaction, DatabaseState database, ILeadership leadership, TimeProvider clock,
    ILogger<SumCompactor> logger) : BackgroundService
{
    private const int SecondsOfQuarter = 900;

    // Before all days that there are.
    private const int FirstDay = -1_000_000;

    // A few rows more aren't worth a transaction yet.
    private const int WorthIt = 16;

    // Buckets whose number of rows is remembered; past it, all are looked at again.
    private const int MaxRemembered = 500_000;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_all = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_recent = TimeSpan.FromDays(2);
    private static readonly TimeSpan s_leads = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(SumTable Table, int System, SummaryGrain Grain, int At), long> _rows = [];

    // Null while it isn't a matter of leading.
    private long? _ledAt;

    /// <summary>Adds up what can be.</summary>
    /// <param name="since">From this time on, UTC; null for all times.</param>
    /// <param name="worthIt">Rows more than the last time that a bucket must have.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>By how many rows the tables are smaller.</returns>
    internal async Task<long> RunAsync(DateTime? since, int worthIt, CancellationToken cancellationToken)
    {
        if (_rows.Count > MaxRemembered)
        {
            _rows.Clear();
        }

        var seconds = since is { } time ? UnixMicroseconds.From(time) / UnixMicroseconds.PerSecond : 0;
        var (quarter, day) = since is null ? (int.MinValue, FirstDay) : ((int)(seconds / SecondsOfQuarter), (int)(seconds / 86_400) - 1);
        long fewer = 0;
        foreach (var system in await ListSystemsAsync(cancellationToken))
        {
            foreach (var table in SumTable.All)
            {
                foreach (var grain in table.Grains)
                {
                    fewer += await RunAsync(table, system, grain, grain == SummaryGrain.Quarter ? quarter : SumTimes.Of(grain, day), worthIt, cancellationToken);
                }
            }
        }

        return fewer;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenPrepared.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_interval, clock);
        // At first, too: a new version may have made rows of what was stored before.
        var allAt = default(long?);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!await leadership.IsMineAsync(stoppingToken))
                {
                    _rows.Clear();
                    continue;
                }

                _ledAt = clock.GetTimestamp();
                var isAll = allAt is not { } at || clock.GetElapsedTime(at) > s_all;
                await RunAsync(isAll ? null : clock.GetUtcNow().UtcDateTime - s_recent, isAll ? 1 : WorthIt, stoppingToken);
                allAt = isAll ? clock.GetTimestamp() : allAt;
            }
            catch (LeadershipLostException)
            {
                logger.LogInformation("Another node goes on with adding up sums");
            }
            catch (StoreUnavailableException exception)
            {
                logger.LogDebug("Sums wait for the database: {Reason}", exception.GetBaseException().Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Sums could not be added up; trying again in {Interval}", s_interval);
            }
        }
    }

    private async Task<long> RunAsync(SumTable table, int system, SummaryGrain grain, int from, int worthIt, CancellationToken cancellationToken)
    {
        var pace = new StepPace();
        long fewer = 0;
        List<(int At, long Rows)> listed;
        do
        {
            listed = await compaction.ListAsync(table, system, grain, from, cancellationToken);
            List<(int At, long Rows)> due = [];
            foreach (var (at, rows) in listed)
            {
                var isDue = rows > 1 && rows - _rows.GetValueOrDefault((table, system, grain, at)) >= worthIt;
                if (due.Count > 0 && (!isDue || due.Sum(static one => one.Rows) + rows > pace.Rows))
                {
                    fewer += await RunAsync(table, system, grain, due, pace, cancellationToken);
                    due.Clear();
                }

                if (isDue)
                {
                    due.Add((at, rows));
                }

                from = at + 1;
            }

            fewer += due.Count > 0 ? await RunAsync(table, system, grain, due, pace, cancellationToken) : 0;
        }
        while (listed.Count == SumCompaction.MaxListed);
        return fewer;
    }

    private async Task<long> RunAsync(
        SumTable table, int system, SummaryGrain grain, List<(int At, long Rows)> due, StepPace pace, CancellationToken cancellationToken)
    {
        // Asked first, since asking keeps nobody from writing.
        var buckets = new SumBuckets(table, system, grain, due[0].At, due[^1].At);
        var gone = new Dictionary<int, int>();
        int fewer;
        do
        {
            var begun = clock.GetTimestamp();
            if (await compaction.CountShareableAsync(buckets, cancellationToken) == 0)
            {
                // A look at all times is of many buckets, and mustn't keep the database from better things.
                await Task.Delay(StepPace.PauseAfter(clock.GetElapsedTime(begun)), clock, cancellationToken);
                break;
            }

            var step = await compaction.CompactAsync(buckets, pace.Rows, cancellationToken);
            foreach (var (at, less) in step.Fewer)
            {
                gone[at] = gone.GetValueOrDefault(at) + less;
            }

            fewer = step.Fewer.Values.Sum();
            await Task.Delay(pace.After(step.Took), clock, cancellationToken);
            await AssertLeadsAsync(cancellationToken);
        }
        while (fewer > 0);

        // What broke off is looked at again.
        foreach (var (at, rows) in due)
        {
            _rows[(table, system, grain, at)] = rows - gone.GetValueOrDefault(at);
        }

        return gone.Values.Sum();
    }

    private async Task AssertLeadsAsync(CancellationToken cancellationToken)
    {
        if (_ledAt is { } at && clock.GetElapsedTime(at) > s_leads)
        {
            if (!await leadership.IsMineAsync(cancellationToken))
            {
                throw new LeadershipLostException();
            }

            _ledAt = clock.GetTimestamp();
        }
    }

    private async Task<List<int>> ListSystemsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Systems.Where(static s => s.DeletedAt == null).OrderBy(static s => s.Key).Select(static s => s.Key).ToListAsync(cancellationToken);
    }
}
