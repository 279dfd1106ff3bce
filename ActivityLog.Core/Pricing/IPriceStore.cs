using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Pricing;

/// <summary>Keeps the price table. Safe to call from many threads.</summary>
public interface IPriceStore
{
    /// <summary>The prices as they stand.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    Task<PriceTable> GetAsync(CancellationToken cancellationToken);
}
