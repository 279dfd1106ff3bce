using ActivityLog.Core.Nodes;
using ActivityLog.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Summaries;

/// <summary>
/// Builds the sums behind the running server, on one node at a time: of what was stored before there were sums, of days after the time zone was changed, and by
/// keys that were pinned since.
/// </summary>
internal sealed class SummaryBuilder(
    SummaryBuild build, ISummaryState state, DatabaseState database, ILeadership leadership, TimeProvider clock, ILogger<SummaryBuilder> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenPrepared.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_interval, clock);
        do
        {
            try
            {
                if ((await state.ReadAsync(stoppingToken)).Progress < 1 && await leadership.IsMineAsync(stoppingToken))
                {
                    await BuildAsync(stoppingToken);
                }
            }
            catch (LeadershipLostException)
            {
                logger.LogInformation("Another node goes on with building summaries");
            }
            catch (StoreUnavailableException exception)
            {
                logger.LogDebug("Building summaries waits for the database: {Reason}", exception.GetBaseException().Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Summaries could not be built; trying again in {Interval}", s_interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        var (begun, led) = (clock.GetTimestamp(), clock.GetTimestamp());
        var rows = await build.RunAsync(
            all: false,
            async _ =>
            {
                if (clock.GetElapsedTime(led) > s_interval)
                {
                    led = await leadership.IsMineAsync(cancellationToken) ? clock.GetTimestamp() : throw new LeadershipLostException();
                }
            },
            cancellationToken);
        if (rows is not null)
        {
            logger.LogInformation("Summaries are built, in {Seconds:F1} s", clock.GetElapsedTime(begun).TotalSeconds);
        }
    }
}
