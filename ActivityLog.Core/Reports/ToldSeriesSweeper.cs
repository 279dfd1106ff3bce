using System.Data.Common;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Nodes;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Reports;

/// <summary>
/// Marks the series of cost and tokens whose session has a generation that tells the same, so that who looks for spend that only metrics tell (DESIGN 5, rule 3)
/// looks at few. A series that isn't marked yet costs a look, no more: whether it counts is asked each time. Only events mark, since spans may turn out to be repeats.
/// </summary>
internal sealed class ToldSeriesSweeper(IBackgroundWrites writes, ILeadership leadership, TimeProvider clock, ILogger<ToldSeriesSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await leadership.IsMineAsync(stoppingToken))
                {
                    await RunAsync(stoppingToken);
                }
            }
            catch (StoreUnavailableException exception)
            {
                logger.LogInformation("Metrics wait for the database: {Reason}", exception.GetBaseException().Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Which metrics repeat what generations tell could not be found out; trying again in {Interval}", s_interval);
            }
        }
    }

    /// <summary>Marks all that can be marked now.</summary>
    /// <returns>How many.</returns>
    internal async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var pace = new StepPace();
        long marked = 0;
        foreach (var (metric, told) in SpendSql.Tellers)
        {
            bool isFull;
            do
            {
                var most = pace.Rows;
                var (rows, took) = await writes.RunAsync(connection => MarkAsync(connection, metric, told, most, cancellationToken), cancellationToken);
                (marked, isFull) = (marked + rows, rows == most);
                var pause = pace.After(took);
                if (isFull)
                {
                    await Task.Delay(pause, clock, cancellationToken);
                }
            }
            while (isFull);
        }

        return marked;
    }

    private async Task<(int Rows, TimeSpan Took)> MarkAsync(DbConnection connection, string metric, string told, int most, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        var condition = $"NOT is_told AND session_key IS NOT NULL AND name_id = (SELECT id FROM names WHERE kind = {(short)NameKind.Name} AND value = @metric) " +
            "AND EXISTS (SELECT 1 FROM messages AS x WHERE x.system_key = metric_series.system_key AND x.session_key = metric_series.session_key " +
            $"AND (x.parts & {(int)MessageParts.Event}) <> 0 AND {told})";
        await using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE metric_series SET is_told = true WHERE {writes.Some("metric_series", condition)}";
        command.Add("@metric", metric);
        command.Add("@limit", most);
        return (await command.ExecuteNonQueryAsync(cancellationToken), clock.GetElapsedTime(begun));
    }
}
