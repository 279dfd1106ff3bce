using ActivityLog.Core.Checks;
using ActivityLog.Core.Demo;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Tests.Demo;

public abstract class SampleDataTests(EngineFixture engine)
{
    [Fact]
    public async Task FillAsync_FilledAgainAndRemoved_IsThereOnceAndThenNotAtAll()
    {
        var sampleData = engine.Get<ISampleData>();
        (await sampleData.FindAsync(CancellationToken.None)).ShouldBeNull();

        var (system, messages) = await FillAsync();

        system.IsSample.ShouldBeTrue();
        messages.ShouldBeGreaterThan(100_000);
        (await sampleData.FindAsync(CancellationToken.None))!.Id.ShouldBe(system.Id);
        (await engine.Get<ITokenStore>().ListAsync(system.Key, CancellationToken.None)).ShouldAllBe(static token => token.RevokedAt != null);
        var (count, cost, people, days) = await ReadAsync(system);
        (count, people).ShouldBe((messages, 14));
        days.ShouldBeInRange(80, 91);
        var spend = (await engine.Get<IOverviewStore>().GetAsync(Query.Report(system, "from=2026-01-25&to=2026-05-03"), CancellationToken.None)).Spend.Value;
        spend.ShouldBe(cost);
        spend.ShouldBeGreaterThan(1000 * 1_000_000_000L);
        var check = await engine.Get<SpendCheckStore>().RunAsync(Query.Report(system, "from=2026-01-25&to=2026-05-03"), null, CancellationToken.None);
        check.Differences.Select(static difference => difference.Kind).ShouldNotContain(SpendDifferenceKind.LostBatch);

        (await FillAsync()).ShouldSatisfyAllConditions(
            again => again.Messages.ShouldBe(0),
            again => again.System.Id.ShouldBe(system.Id));
        (await ReadAsync(system)).ShouldBe((count, cost, people, days));

        await engine.Get<ISystemStore>().DeleteAsync(system.Id, CancellationToken.None);
        (await sampleData.FindAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task RunAsync_StoppedHalfWay_GoesOnTheNextTime()
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        var crowd = DemoCrowd.Team(new(2026, 5, 4), days: 10);
        var until = new DateTime(2026, 5, 11, 0, 0, 0, DateTimeKind.Utc);
        var fill = engine.Get<DemoFill>();
        using var stop = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(
            () => fill.RunAsync(crowd, new(system.Key, token.Key, 90), until, (_, _) => stop.Cancel(), stop.Token));
        var half = (await ReadAsync(system)).Count;
        await fill.RunAsync(crowd, new(system.Key, token.Key, 90), until, static (_, _) => { }, CancellationToken.None);

        var all = DemoStream.Of(crowd, new(system.Key, token.Key, 90), until, 1000).Sum(static batch => batch.Batch.Messages.Count);
        half.ShouldBeInRange(1, all - 1);
        (await ReadAsync(system)).Count.ShouldBe(all);
    }

    private async Task<(MonitoredSystem System, long Messages)> FillAsync()
    {
        var progress = new LastProgress();
        var system = await engine.Get<ISampleData>().FillAsync(progress, CancellationToken.None);
        progress.Last!.Done.ShouldBe(1);
        return (system, progress.Last.Messages);
    }

    private async Task<(long Count, long Cost, int People, int Days)> ReadAsync(MonitoredSystem system)
    {
        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        var messages = context.Messages.Where(m => m.SystemKey == system.Key);
        const long Day = 86_400_000_000;
        return (
            await messages.LongCountAsync(),
            await messages.SumAsync(static m => m.CostNanodollars) ?? 0,
            await messages.Select(static m => m.UserId).Distinct().CountAsync(),
            await messages.Select(static m => m.OccurredAt / Day).Distinct().CountAsync());
    }

    private sealed class LastProgress : IProgress<SampleProgress>
    {
        public SampleProgress? Last { get; private set; }

        public void Report(SampleProgress value) => Last = value;
    }
}

public sealed class SqliteSampleDataTests(SqliteFixture engine) : SampleDataTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresSampleDataTests(PostgresFixture engine) : SampleDataTests(engine), IClassFixture<PostgresFixture>;
