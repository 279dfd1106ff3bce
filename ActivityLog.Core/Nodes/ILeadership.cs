namespace ActivityLog.Core.Nodes;

/// <summary>Background work runs on one node at a time. Safe to call from many threads.</summary>
internal interface ILeadership
{
    /// <summary>Whether this node does it. Nobody else does while this node lives and reaches the database; after that another one takes over.</summary>
    /// <exception cref="Storage.StoreUnavailableException">The database can't be asked now.</exception>
    Task<bool> IsMineAsync(CancellationToken cancellationToken);
}
