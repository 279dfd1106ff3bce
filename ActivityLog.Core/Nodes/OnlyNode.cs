using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Nodes;

/// <summary>The node of an installation that has one: with SQLite. It leads, and there is nobody to tell.</summary>
internal sealed class OnlyNode : ILeadership, INodeNews
{
    public Task<bool> IsMineAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public Task TellTokensChangedAsync(ActivityLogDbContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
