using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Tests.Support;

public abstract class EngineFixtureTests(EngineFixture engine)
{
    [Fact]
    public async Task CreateSystemAsync_OnEachEngine_IsKept()
    {
        var system = await engine.CreateSystemAsync();

        (await engine.Get<ISystemStore>().GetAsync(system.Id, CancellationToken.None))!.Name.ShouldBe(system.Name);
    }

    [Fact]
    public async Task AppendAsync_EventAndSpanOfOneCall_IsOneRow()
    {
        var system = await engine.CreateSystemAsync();

        await engine.Get<ITelemetryStore>().AppendAsync(
            [A.Batch(A.Generation(system, "req_1"), A.GenerationSpan(system, "req_1"))], CancellationToken.None);

        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        (await context.Messages.CountAsync(row => row.SystemKey == system.Key)).ShouldBe(1);
    }
}

public sealed class SqliteEngineFixtureTests(SqliteFixture engine) : EngineFixtureTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresEngineFixtureTests(PostgresFixture engine) : EngineFixtureTests(engine), IClassFixture<PostgresFixture>;
