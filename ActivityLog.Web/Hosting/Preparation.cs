using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using ActivityLog.Web.Accounts;

namespace ActivityLog.Web.Hosting;

/// <summary>
/// Brings the database up to date and makes what an installation needs. Where the database is away when the server starts, that is done behind the running server,
/// as soon as it is back.
/// </summary>
internal sealed class Preparation(
    DatabaseMigrator migrator, ISummaryChoices summaries, FirstAdmin firstAdmin, DatabaseState database, TimeProvider clock, ILogger<Preparation> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private Task? _first;

    /// <summary>Prepares, once.</summary>
    public Task RunAsync() => _first = PrepareAsync(CancellationToken.None);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.IsPrepared)
        {
            return;
        }

        string? told = null;
        for (var attempt = _first; ; attempt = PrepareAsync(stoppingToken))
        {
            try
            {
                await attempt!.WaitAsync(stoppingToken);
                database.MarkPrepared();
                logger.LogInformation("The database is there and up to date");
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (told != exception.Message)
                {
                    logger.LogWarning("The database can't be prepared yet: {Reason}", exception.GetBaseException().Message);
                    told = exception.Message;
                }
            }

            await Task.Delay(s_interval, clock, stoppingToken);
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await migrator.MigrateAsync(cancellationToken);
        await summaries.FollowOptionAsync(cancellationToken);
        await firstAdmin.PrepareAsync();
    }
}
