using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>Finds the attributes that occur. Safe to call from many threads.</summary>
public interface IMetadataKeyStore
{
    /// <summary>Those of the latest calls with at most 200 different values, pinned ones first, then in ordinal order.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    Task<IReadOnlyList<MetadataKey>> ListAsync(IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken);
}
