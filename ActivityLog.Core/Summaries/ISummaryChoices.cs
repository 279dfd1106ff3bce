using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Keeps what admins chose about days and summaries. Safe to call from many threads.</summary>
public interface ISummaryChoices
{
    /// <summary>What is chosen.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be asked now.</exception>
    Task<SummaryChoices> GetAsync(CancellationToken cancellationToken);

    /// <summary>Changes the pinned keys. What is stored already is summed up by new ones in the background (<see cref="SummaryState.ReadyKeys"/>).</summary>
    /// <param name="keys">Keys that <see cref="PinnedKeys.Check"/> has nothing against, in any order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The database can't be asked now.</exception>
    Task PinAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>
    /// Chooses the installation's time zone. Days are summed up for it in the background (<see cref="SummaryState.Days"/>); other nodes learn of it within seconds.
    /// </summary>
    /// <param name="zone">One with an IANA name; null for that of the option.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The database can't be asked now.</exception>
    Task ChooseZoneAsync(TimeZoneInfo? zone, CancellationToken cancellationToken);

    /// <summary>Makes the days those of the installation's zone, as at each start: that of the option may be another one than before.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be asked now.</exception>
    Task FollowOptionAsync(CancellationToken cancellationToken);
}
