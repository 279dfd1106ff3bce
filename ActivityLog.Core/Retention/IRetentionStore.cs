using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Retention;

/// <summary>Tells what has expired and what was deleted. Safe to call from many threads.</summary>
public interface IRetentionStore
{
    /// <summary>Most rows that are counted of what is due, of each kind and System: past it, it is at least so many.</summary>
    const int MaxCounted = 10_000;

    /// <summary>How the latest run goes or went; null before the first.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    Task<RetentionRun?> FindRunAsync(CancellationToken cancellationToken);

    /// <summary>What is due and what was deleted of each of these Systems, in their order.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    Task<IReadOnlyList<SystemRetention>> ListAsync(IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken);
}
