using ActivityLog.Core.Nodes;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Systems;

/// <summary>Takes away the rows of deleted Systems in small steps, so that ingest goes on beside it, on one node at a time; at last the System itself.</summary>
internal sealed class DeletedSystemSweeper(
    IDbContextFactory<ActivityLogDbContext> contexts, IBackgroundWrites writes, ILeadership leadership, TimeProvider clock, ILogger<DeletedSystemSweeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    // Those with many rows first.
    private static readonly string[] s_tables =
    [
        "messages", "metric_points", "spend_sums", "tool_sums", "count_sums", "session_sums", "metric_sums", "summary_sets", "metric_series", "sessions",
        "attribute_sets", "senders", "refusals", "token_hours", "retention_counts",
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await leadership.IsMineAsync(stoppingToken))
                {
                    await SweepAsync(stoppingToken);
                }
            }
            catch (StoreUnavailableException exception)
            {
                logger.LogInformation("Rows of deleted Systems wait for the database: {Reason}", exception.GetBaseException().Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The next round goes on where this one stopped.
                logger.LogWarning(exception, "Rows of a deleted System could not be taken away; trying again in {Interval}", s_interval);
            }
        }
    }

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Requests that were let in before the deletion have ended by then: an answer takes no longer than that.
        var before = clock.GetUtcNow().UtcDateTime - s_interval;
        var keys = await context.Systems.Where(s => s.DeletedAt < before).Select(static s => s.Key).ToListAsync(cancellationToken);
        foreach (var key in keys)
        {
            long rows = 0;
            foreach (var table in s_tables)
            {
                rows += await EmptyAsync(table, key, cancellationToken);
            }

            await context.Tokens.Where(t => t.SystemKey == key).ExecuteDeleteAsync(cancellationToken);
            await context.Systems.Where(s => s.Key == key).ExecuteDeleteAsync(cancellationToken);
            logger.LogInformation("Took away a deleted System with {Rows} rows", rows);
        }
    }

    private async Task<long> EmptyAsync(string table, int system, CancellationToken cancellationToken)
    {
        // Table names are constants of this class.
        var sql = $"DELETE FROM {table} WHERE {writes.Some(table, "system_key = @system")}";
        var pace = new StepPace();
        long rows = 0;
        int deleted;
        do
        {
            (deleted, var took) = await writes.RunAsync(
                async connection =>
                {
                    var begun = clock.GetTimestamp();
                    await using var delete = connection.CreateCommand();
                    delete.CommandText = sql;
                    delete.Add("@system", system);
                    delete.Add("@limit", pace.Rows);
                    return (await delete.ExecuteNonQueryAsync(cancellationToken), clock.GetElapsedTime(begun));
                },
                cancellationToken);
            rows += deleted;
            await Task.Delay(pace.After(took), clock, cancellationToken);
        }
        while (deleted > 0);
        return rows;
    }
}
