namespace ActivityLog.Core.Nodes;

/// <summary>The node of an installation that has one: with SQLite.</summary>
internal sealed class OnlyNode : ILeadership
{
    public Task<bool> IsMineAsync(CancellationToken cancellationToken) => Task.FromResult(true);
}
