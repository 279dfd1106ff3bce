using ActivityLog.Core.Nodes;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Nodes;

public sealed class LeadershipTests(PostgresFixture engine) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task IsMineAsync_TwoNodes_OneLeadsUntilItEnds()
    {
        using var second = engine.BuildNode();
        var follower = second.Services.GetRequiredService<ILeadership>();
        var first = engine.BuildNode();
        var leader = first.Services.GetRequiredService<ILeadership>();

        (await leader.IsMineAsync(CancellationToken.None)).ShouldBeTrue();
        (await follower.IsMineAsync(CancellationToken.None)).ShouldBeFalse();
        (await leader.IsMineAsync(CancellationToken.None)).ShouldBeTrue();

        await ((IAsyncDisposable)first).DisposeAsync();
        // The server lets go of the lock when it has noticed that the connection ended.
        await Soon.TrueAsync(() => follower.IsMineAsync(CancellationToken.None));
    }
}
