using ActivityLog.Core.Tokens;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Tokens;

public abstract class RefusalStoreTests(EngineFixture engine)
{
    private readonly IRefusalStore _store = engine.Get<IRefusalStore>();
    private readonly DateTime _now = engine.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task AddAsync_TheSameOfTwoNodes_IsCountedTogether()
    {
        var system = await engine.CreateSystemAsync();

        await _store.AddAsync([Refused(system.Key, minutesAgo: 5, count: 3), Refused(null, minutesAgo: 4, source: "10.0.0.9")], CancellationToken.None);
        await _store.AddAsync([Refused(system.Key, minutesAgo: 2, count: 4)], CancellationToken.None);
        await _store.AddAsync([Refused(system.Key, minutesAgo: 90, count: 5), Refused(system.Key, minutesAgo: 1, reason: "body cut off")], CancellationToken.None);

        var refusals = await _store.ListAsync(_now.AddDays(-1), system.Key, CancellationToken.None);
        refusals.Select(static refusal => (refusal.Reason, refusal.Count)).ShouldBe([("body cut off", 1L), ("no token", 12L)]);
        (refusals[1].FirstAt, refusals[1].LastAt).ShouldBe((_now.AddMinutes(-90), _now.AddMinutes(-2)));
        (await _store.ListAsync(_now.AddDays(-1), null, CancellationToken.None)).ShouldContain(static refusal => refusal.TokenKey == null && refusal.Source == "10.0.0.9");
        (await _store.ListAsync(_now.AddMinutes(-1.5), system.Key, CancellationToken.None)).ShouldHaveSingleItem().Reason.ShouldBe("body cut off");
    }

    [Fact]
    public async Task TidyAsync_OlderThanIsKept_AreGone()
    {
        var system = await engine.CreateSystemAsync();
        var old = (int)IRefusalStore.Kept.TotalMinutes + 120;
        await _store.AddAsync([Refused(system.Key, minutesAgo: old), Refused(system.Key, minutesAgo: 1)], CancellationToken.None);

        await _store.TidyAsync(CancellationToken.None);

        (await _store.ListAsync(_now.AddYears(-1), system.Key, CancellationToken.None)).ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    private Refusal Refused(int? systemKey, int minutesAgo, long count = 1, string source = "10.0.0.1", string reason = "no token") =>
        new(systemKey, systemKey, systemKey is null ? null : "al_abcd", source, 401, reason, count, _now.AddMinutes(-minutesAgo), _now.AddMinutes(-minutesAgo));
}

public sealed class SqliteRefusalStoreTests(SqliteFixture engine) : RefusalStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresRefusalStoreTests(PostgresFixture engine) : RefusalStoreTests(engine), IClassFixture<PostgresFixture>;
