using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Tokens;

public abstract class TokenUseStoreTests(EngineFixture engine)
{
    private readonly ITokenUseStore _store = engine.Get<ITokenUseStore>();
    private readonly DateTime _now = engine.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task AddAsync_SeveralTimesAnHour_SumsAndKeepsTheLastAddress()
    {
        var system = await engine.CreateSystemAsync();

        await _store.AddAsync([Hour(system.Key, minutesAgo: 1, records: 10, "10.0.0.2"), Hour(system.Key, minutesAgo: 61, records: 4, "10.0.0.1")], CancellationToken.None);
        await _store.AddAsync([Hour(system.Key, minutesAgo: 3, records: 5, "10.0.0.3")], CancellationToken.None);

        var hours = await _store.ListAsync(system.Key, _now.AddHours(-24), CancellationToken.None);
        hours.Select(static hour => (hour.Requests, hour.Records, hour.Address)).ShouldBe([(1L, 4L, "10.0.0.1"), (2L, 15L, "10.0.0.2")]);
        hours[1].LastAt.ShouldBe(_now.AddMinutes(-1));
        hours[1].Bytes.ShouldBe(1500);
    }

    [Fact]
    public async Task TidyAsync_OlderThanIsKept_AreGone()
    {
        var system = await engine.CreateSystemAsync();
        var old = (int)ITokenUseStore.Kept.TotalMinutes + 120;
        await _store.AddAsync([Hour(system.Key, old, 1, null), Hour(system.Key, 1, 2, null)], CancellationToken.None);

        await _store.TidyAsync(CancellationToken.None);

        (await _store.ListAsync(system.Key, _now.AddYears(-1), CancellationToken.None)).ShouldHaveSingleItem().Records.ShouldBe(2);
    }

    private TokenHour Hour(int systemKey, int minutesAgo, long records, string? address)
    {
        var at = _now.AddMinutes(-minutesAgo);
        return new() { SystemKey = systemKey, TokenKey = 1, Hour = Hours.Of(at), Requests = 1, Records = records, Bytes = records * 100, Address = address, LastAt = at };
    }
}

public sealed class SqliteTokenUseStoreTests(SqliteFixture engine) : TokenUseStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresTokenUseStoreTests(PostgresFixture engine) : TokenUseStoreTests(engine), IClassFixture<PostgresFixture>;
