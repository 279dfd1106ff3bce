using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp.Spool;

/// <summary>
/// Notices that the database doesn't answer a write, so that no other request waits for it, and finds out when one that is away is back. Whether it takes writes
/// the first spooled request shows, or without one the next live one.
/// </summary>
internal sealed partial class DatabaseWatch(
    DatabaseState database, IDatabaseProbe probe, IngestQueue queue, Spool spool, TimeProvider clock, IOptions<OtlpOptions> options, ILogger<DatabaseWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    // A write that takes longer will hardly end before its senders have waited for as long as they may.
    private readonly TimeSpan _patience = 0.6 * TimeSpan.FromSeconds(options.Value.MaxWaitSeconds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.CanBeAway)
        {
            return;
        }

        using var timer = new PeriodicTimer(s_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (queue.WritingFor is { } taken && taken > _patience && database.MarkAway($"It hasn't answered a write for {taken.TotalSeconds:0} s."))
            {
                LogSilent(taken);
            }

            if (database.IsAway)
            {
                queue.GiveUp();
            }

            if (database.IsAway && database.IsPrepared)
            {
                await LookAsync(stoppingToken);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var answers = await probe.AnswersAsync(cancellationToken);
        database.MarkAnswers(answers);
        if (answers && queue.WritingFor is null && spool.Current.Requests == 0 && database.MarkBack() is { } absence)
        {
            LogBack(absence);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database hasn't answered a write for {Taken}; requests don't wait for it")]
    private partial void LogSilent(TimeSpan taken);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database answers again; it was away for {Absence}")]
    private partial void LogBack(TimeSpan absence);
}
