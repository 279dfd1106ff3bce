using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Systems;

/// <summary>Takes away the rows of deleted Systems in small steps, so that ingest goes on beside it; at last the System itself.</summary>
internal sealed class DeletedSystemSweeper(
    IDbContextFactory<ActivityLogDbContext> contexts, TimeProvider clock, ILogger<DeletedSystemSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    // Rows of a table that one statement deletes: a few milliseconds of the writer.
    private const int Step = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
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
            await SweepAsync(context, key, cancellationToken);
        }
    }

    private async Task SweepAsync(ActivityLogDbContext context, int key, CancellationToken cancellationToken)
    {
        long rows = 0;
        foreach (var (table, columns) in s_tables)
        {
            var deleted = 0;
            do
            {
                // Table and columns are constants of this class; the values are parameters.
                var sql = $"DELETE FROM {table} WHERE ({columns}) IN (SELECT {columns} FROM {table} WHERE system_key = {{0}} LIMIT {{1}})";
                deleted = await context.Database.ExecuteSqlRawAsync(sql, [key, Step], cancellationToken);
                rows += deleted;
            }
            while (deleted == Step);
        }

        await context.Tokens.Where(t => t.SystemKey == key).ExecuteDeleteAsync(cancellationToken);
        await context.Systems.Where(s => s.Key == key).ExecuteDeleteAsync(cancellationToken);
        logger.LogInformation("Took away a deleted System with {Rows} rows", rows);
    }

    private static readonly (string Table, string Columns)[] s_tables =
    [
        ("messages", "system_key, session_key, call_key"),
        ("metric_points", "system_key, series_key, occurred_at, started_at, value"),
        ("metric_series", "system_key, series_key"),
        ("sessions", "system_key, session_key"),
        ("attribute_sets", "system_key, set_key"),
        ("senders", "system_key, sender_key"),
        ("refusals", "hour, kind_key"),
        ("token_hours", "system_key, token_key, hour"),
    ];
}
