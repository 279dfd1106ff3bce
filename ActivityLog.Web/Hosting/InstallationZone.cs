using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Web.Hosting;

/// <summary>The time zone whose days are meant where nobody chose one: what an admin chose, else the option's. Another node's choice is known within seconds.</summary>
internal sealed class InstallationZone(ZoneOfOption byOption, ISummaryChoices choices, DatabaseState database, TimeProvider clock, ILogger<InstallationZone> logger) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);
    private volatile TimeZoneInfo? _chosen;

    /// <summary>The zone; always one with an IANA name.</summary>
    public TimeZoneInfo Zone => _chosen ?? byOption.Zone;

    /// <summary>The zone that holds where no admin chose one.</summary>
    public TimeZoneInfo ByOption => byOption.Zone;

    /// <summary>Chooses it for the installation; null for the option's.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be asked now.</exception>
    public async Task ChooseAsync(TimeZoneInfo? zone, CancellationToken cancellationToken)
    {
        await choices.ChooseZoneAsync(zone, cancellationToken);
        _chosen = zone;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenPrepared.WaitAsync(stoppingToken);
        while (true)
        {
            try
            {
                _chosen = (await choices.GetAsync(stoppingToken)).TimeZone;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // What was known holds until it can be asked again.
                logger.LogWarning("The installation's time zone can't be read: {Reason}", exception.Message);
            }

            await Task.Delay(s_look, clock, stoppingToken);
        }
    }
}
