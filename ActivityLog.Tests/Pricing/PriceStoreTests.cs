using ActivityLog.Core.Pricing;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Tests.Pricing;

public abstract class PriceStoreTests(EngineFixture engine)
{
    [Fact]
    public async Task GetAsync_AfterTheStart_HasTheDatedListByNameAndAlias()
    {
        var prices = await engine.Get<IPriceStore>().GetAsync(CancellationToken.None);

        var sonnet = prices.Find("claude-sonnet-4-0", new(2026, 5, 1)).ShouldNotBeNull();
        (sonnet.Model, sonnet.Input, sonnet.CacheRead, sonnet.CacheWrite5m).ShouldBe(("claude-sonnet-4-20250514", 3_000_000_000, 300_000_000, 3_750_000_000));
        prices.Find("gemini-3.8-flash", new(2026, 12, 31))!.Input.ShouldBe(750_000_000);
        prices.Find("gemini-3.8-flash", new(2027, 1, 1))!.Input.ShouldBe(1_500_000_000);
        var haiku = prices.Find("claude-haiku-5-5", new(2026, 5, 1))!;
        (haiku.TierAboveTokens, haiku.TierCacheRead, haiku.TierCacheWrite1h).ShouldBe((100_000, 50_000_000, 1_000_000_000));
        prices.Find("a-model-of-nobody", new(2026, 5, 1)).ShouldBeNull();
        prices.Find(null, new(2026, 5, 1)).ShouldBeNull();
    }

    [Fact]
    public async Task MigrateAsync_ListIsNewerThanWhatIsStored_ReplacesOnlyThat()
    {
        await using (var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync())
        {
            await context.Prices.Where(static p => p.Model == "claude-opus-5").ExecuteUpdateAsync(static p => p.SetProperty(static x => x.Input, 1).SetProperty(static x => x.AsOf, new DateOnly(2020, 1, 1)));
            await context.Prices.Where(static p => p.Model == "claude-opus-4-8").ExecuteUpdateAsync(static p => p.SetProperty(static x => x.Input, 2).SetProperty(static x => x.AsOf, new DateOnly(2099, 1, 1)));
            await context.Prices.Where(static p => p.Model == "claude-opus-4-7").ExecuteDeleteAsync();
        }

        await engine.Get<DatabaseMigrator>().MigrateAsync(CancellationToken.None);

        var prices = await engine.Get<IPriceStore>().GetAsync(CancellationToken.None);
        new[] { "claude-opus-5", "claude-opus-4-8", "claude-opus-4-7" }.Select(model => prices.Find(model, new(2026, 5, 1))!.Input).ShouldBe([5_000_000_000, 2, 5_000_000_000]);
    }
}

public sealed class SqlitePriceStoreTests(SqliteFixture engine) : PriceStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresPriceStoreTests(PostgresFixture engine) : PriceStoreTests(engine), IClassFixture<PostgresFixture>;
