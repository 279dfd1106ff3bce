using System.Data.Common;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Nodes;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Reports;

/// <summary>
/// Marks the series of cost and tokens whose session has a generation that tells the same, so that who looks for spend that only metrics tell (DESIGN 5, rule 3)
/// looks at few. A series that isn't marked yet costs a look, no more: whether it counts is asked each time. Only events mark, since spans may turn out to be repeats.
/// </summary>
internal sealed class ToldSeriesSweeper(
    SqlDatabase database, IBackgroundWrites writes, ILeadership leadership, TimeProvider clock, ILogger<ToldSeriesSweeper> logger) : BackgroundService
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
        var sql = database.NewText();
        foreach (var system in await database.ReadAsync(sql.Add("select s.key from systems s where s.deleted_at is null order by s.key"), static row => row.GetInt32(0), cancellationToken))
        {
            foreach (var (metric, told) in SpendSql.Tellers)
            {
                long before;
                do
                {
                    before = marked;
                    foreach (var series in Steps(await FindAsync(system, metric, told, cancellationToken), pace))
                    {
                        var (rows, took) = await writes.RunAsync(connection => MarkAsync(connection, system, series, told, cancellationToken), cancellationToken);
                        marked += rows;
                        await Task.Delay(pace.After(took), clock, cancellationToken);
                    }
                }
                while (marked - before >= StepPace.MostRows);
            }
        }

        return marked;
    }

    private static IEnumerable<List<long>> Steps(List<long> found, StepPace pace)
    {
        for (var at = 0; at < found.Count;)
        {
            var step = found.GetRange(at, Math.Min(pace.Rows, found.Count - at));
            at += step.Count;
            yield return step;
        }
    }

    // Looked for without keeping anybody from writing: what no generation tells is looked at each time.
    private Task<List<long>> FindAsync(int system, string metric, string told, CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        sql.Add($"select m.series_key from metric_series m where m.system_key = {sql.Parameter(system)} ")
            .Add($"and m.name_id = (select id from names where kind = {(short)NameKind.Name} and value = {sql.Parameter(metric)}) ")
            .Add($"and not m.is_told and m.session_key is not null and {IsTold("m", told)} limit {StepPace.MostRows}");
        return database.ReadAsync(sql, static row => row.GetInt64(0), cancellationToken);
    }

    private async Task<(int Rows, TimeSpan Took)> MarkAsync(DbConnection connection, int system, List<long> series, string told, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        var rows = await ToldSeries.SetAsync(connection, isTold: true, system, ("series_key", series), IsTold("metric_series", told), cancellationToken);
        return (rows, clock.GetElapsedTime(begun));
    }

    // A look at each session by itself: no engine may read all messages for it.
    private static string IsTold(string series, string told) =>
        $"(select 1 from messages x where x.system_key = {series}.system_key and x.session_key = {series}.session_key and (x.parts & {(int)MessageParts.Event}) <> 0 and {told} limit 1) is not null";
}
