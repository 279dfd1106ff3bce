using ActivityLog.Core.Nodes;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Retention;

/// <summary>
/// Deletes what has expired, System by System, in small steps with pauses between them, on one node at a time. A run that ends early, however it ends, is gone on
/// with by the next one: nothing is remembered between them.
/// </summary>
internal sealed class RetentionSweeper(
    IDbContextFactory<ActivityLogDbContext> contexts, RetentionSteps steps, RetentionRuns runs, ILeadership leadership, TimeProvider clock,
    ILogger<RetentionSweeper> logger) : BackgroundService
{
    /// <summary>Time between two runs; a longer run is followed by the next at once.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_hoursKept = TimeSpan.FromDays(31);

    // While it works, the page shows so.
    private static readonly TimeSpan s_told = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(s_first, clock, stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                if (await leadership.IsMineAsync(stoppingToken))
                {
                    await RunAsync(stoppingToken);
                }
            }
            catch (LeadershipLostException)
            {
                logger.LogInformation("Another node goes on with deleting expired rows");
            }
            catch (StoreUnavailableException exception)
            {
                logger.LogInformation("Expired rows wait for the database: {Reason}", exception.GetBaseException().Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Expired rows could not all be deleted; trying again in {Interval}", Interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Deletes all that is due now.</summary>
    /// <returns>Messages and metric points deleted.</returns>
    internal async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var run = new RetentionRun { Node = Environment.MachineName, StartedAt = Now(), ActiveAt = Now() };
        await runs.NoteAsync(run, cancellationToken);
        long rows = 0;
        try
        {
            foreach (var system in await ListSystemsAsync(cancellationToken))
            {
                rows += await SweepAsync(system, run, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or LeadershipLostException))
        {
            (run.EndedAt, run.Error) = (Now(), exception.GetBaseException().Message);
            await runs.TryNoteAsync(run, cancellationToken);
            throw;
        }

        run.EndedAt = Now();
        await runs.NoteAsync(run, cancellationToken);
        await runs.ForgetCountsAsync(RetentionCount.HourOf(Now() - s_hoursKept), cancellationToken);
        if (rows > 0)
        {
            logger.LogInformation("Deleted {Rows} expired rows", rows);
        }

        return rows;
    }

    private async Task<long> SweepAsync(int system, RetentionRun run, CancellationToken cancellationToken)
    {
        var rows = await RepeatAsync(steps.DeleteMessagesAsync, system, run, cancellationToken);
        rows += await RepeatAsync(steps.DeletePointsAsync, system, run, cancellationToken);
        // Last, and only if all that refers to them has gone: a failure above never gets here.
        await RepeatAsync(steps.DeleteSharedAsync, system, run, cancellationToken);
        return rows;
    }

    private async Task<long> RepeatAsync(Func<RetentionSlice, CancellationToken, Task<RetentionStep>> delete, int system, RetentionRun run, CancellationToken cancellationToken)
    {
        var pace = new StepPace();
        var step = default(RetentionStep);
        long rows = 0;
        do
        {
            step = await delete(new(system, step.Reached, run.StartedAt, pace.Rows), cancellationToken);
            rows += step.Rows;
            var pause = pace.After(step.Took);
            if (step.Rows > 0)
            {
                await Task.Delay(pause, clock, cancellationToken);
                await TellSometimesAsync(run, cancellationToken);
            }
        }
        while (step.Rows > 0);
        return rows;
    }

    private async Task<List<int>> ListSystemsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Those of deleted Systems go as a whole.
        return await context.Systems.Where(static s => s.DeletedAt == null).OrderBy(static s => s.Key).Select(static s => s.Key).ToListAsync(cancellationToken);
    }

    private async Task TellSometimesAsync(RetentionRun run, CancellationToken cancellationToken)
    {
        if (Now() - run.ActiveAt >= s_told)
        {
            if (!await leadership.IsMineAsync(cancellationToken))
            {
                throw new LeadershipLostException();
            }

            run.ActiveAt = Now();
            await runs.NoteAsync(run, cancellationToken);
        }
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
