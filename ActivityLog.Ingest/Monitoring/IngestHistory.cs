using ActivityLog.Core.Senders;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Senders;
using ActivityLog.Ingest.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Ingest.Monitoring;

/// <summary>Stores what ingest learned of senders, refusals and the use of tokens, every few seconds and at the end, beside the requests.</summary>
internal sealed partial class IngestHistory(
    SenderLog senders, RefusalLog refusals, TokenUseLog uses, ISenderStore senderStore, IRefusalStore refusalStore, ITokenUseStore useStore,
    DatabaseState database, TimeProvider clock, ILogger<IngestHistory> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_tidyInterval = TimeSpan.FromHours(1);

    // At the end: the process mustn't stay for a database that is away.
    private static readonly TimeSpan s_lastWait = TimeSpan.FromSeconds(3);

    private DateTime _tidyAt;
    private bool _isAway;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var last = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        last.CancelAfter(s_lastWait);
        if (!database.IsAway)
        {
            await FlushAsync(last.Token);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // What is known to fail isn't tried: it only fills the log.
            if (!database.IsAway)
            {
                await FlushAsync(stoppingToken);
                await TidyAsync(stoppingToken);
            }
        }
    }

    /// <summary>Stores what there is. What can't be stored now stays for the next time.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await refusals.FlushAsync(refusalStore, cancellationToken);
            await uses.FlushAsync(useStore, cancellationToken);
            await senders.FlushAsync(senderStore, cancellationToken);
            _isAway = false;
        }
        catch (StoreUnavailableException e)
        {
            // Once, not every few seconds for as long as it lasts.
            if (!_isAway)
            {
                LogAway(e);
            }

            _isAway = true;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            LogGivenUp();
        }
        catch (Exception e)
        {
            LogNotStored(e);
        }
    }

    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (now < _tidyAt)
        {
            return;
        }

        try
        {
            await refusalStore.TidyAsync(cancellationToken);
            await useStore.TidyAsync(cancellationToken);
            await senderStore.TidyAsync(cancellationToken);
            _tidyAt = now + s_tidyInterval;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next round tries again.
            LogNotTidied(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What ingest learned of senders and refusals can't be stored now; it is kept in memory and tried again")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Some of what ingest learned of senders and refusals can't be stored")]
    private partial void LogNotStored(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "What ingest last learned of senders and refusals wasn't stored in time")]
    private partial void LogGivenUp();

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is past its time of senders and refusals couldn't be taken away; trying again")]
    private partial void LogNotTidied(Exception exception);
}
