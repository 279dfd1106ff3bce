using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Nodes;

/// <summary>What nodes over one database tell one another. Safe to call from many threads.</summary>
internal interface INodeNews
{
    /// <summary>Tells the other nodes that tokens or Systems changed: with the context's transaction, or not at all.</summary>
    Task TellTokensChangedAsync(ActivityLogDbContext context, CancellationToken cancellationToken);
}
