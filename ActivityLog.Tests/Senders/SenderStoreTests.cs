using ActivityLog.Core.Senders;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Senders;

public abstract class SenderStoreTests(EngineFixture engine)
{
    private readonly ISenderStore _store = engine.Get<ISenderStore>();
    private readonly DateTime _now = engine.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task AddAsync_TwiceWithDifferentWords_TheLaterHoldsAndNothingIsForgotten()
    {
        var (system, token) = await CreateAsync();

        await AddAsync(ASender.Of(token, seenAt: _now, version: "2.1.330", logs: true, prompts: true));
        // An older look, told later by another node.
        await AddAsync(ASender.Of(token, seenAt: _now.AddHours(-1), version: "2.0.77", metrics: true, prompts: false, address: "10.0.0.9"));
        await AddAsync(ASender.Of(token, seenAt: _now.AddMinutes(1), version: null, traces: true, address: null));

        var seen = (await _store.ListAsync([system.Key], CancellationToken.None)).ShouldHaveSingleItem();
        (seen.SystemId, seen.SystemName, seen.TokenName).ShouldBe((system.Id, system.Name, token.Name));
        var sender = seen.Sender;
        (sender.Version, sender.Address, sender.SendsPrompts, sender.SendsToolDetails).ShouldBe(("2.1.330", "10.0.0.1", true, null));
        (sender.FirstSeenAt, sender.LastSeenAt).ShouldBe((_now.AddHours(-1), _now.AddMinutes(1)));
        (sender.LastLogsAt, sender.LastTracesAt, sender.LastMetricsAt).ShouldBe((_now, _now.AddMinutes(1), _now.AddHours(-1)));
    }

    [Fact]
    public async Task ListAsync_PeopleAndInstallations_AreApartAndTheLastSeenIsFirst()
    {
        var (system, token) = await CreateAsync();
        var (other, otherToken) = await CreateAsync();

        await AddAsync(
            ASender.Of(token, seenAt: _now.AddMinutes(-3), user: "alice", installation: "a1"),
            ASender.Of(token, seenAt: _now.AddMinutes(-1), user: "alice", installation: "a2"),
            ASender.Of(token, seenAt: _now.AddMinutes(-2), user: "bob", installation: "b1"),
            ASender.Of(otherToken, seenAt: _now, user: "carol", installation: "c1"));

        (await ListAsync(system)).ShouldBe(["alice a2", "bob b1", "alice a1"]);
        (await ListAsync(system, other)).ShouldBe(["carol c1", "alice a2", "bob b1", "alice a1"]);
        (await _store.ListAsync([], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListAsync_InstallationThatHasANameSince_IsListedOnce()
    {
        var (system, token) = await CreateAsync();

        await AddAsync(
            ASender.Of(token, seenAt: _now.AddMinutes(-5), user: "a1", installation: "a1"),
            ASender.Of(token, seenAt: _now.AddMinutes(-1), user: "alice", installation: "a1"),
            ASender.Of(token, seenAt: _now.AddMinutes(-9), user: "bob", installation: "b1"),
            ASender.Of(token, seenAt: _now.AddMinutes(-2), user: "b1", installation: "b1"));

        // Bob's settings lost his name: that is to be seen.
        (await ListAsync(system)).ShouldBe(["alice a1", "b1 b1", "bob b1"]);
    }

    [Fact]
    public async Task TidyAsync_LongUnseenAndTooMany_AreGone()
    {
        var (system, token) = await CreateAsync();
        await AddAsync(ASender.Of(token, seenAt: _now - SenderLimits.Kept - TimeSpan.FromDays(1), user: "gone", installation: "gone"));
        await AddAsync([.. Enumerable.Range(0, SenderLimits.MaxPerSystem + 3).Select(number =>
            ASender.Of(token, seenAt: _now.AddSeconds(-number), user: "ci", installation: $"container {number}"))]);

        await _store.TidyAsync(CancellationToken.None);

        var left = await ListAsync(system);
        left.Length.ShouldBe(SenderLimits.MaxPerSystem);
        left.ShouldNotContain("gone gone");
        left.ShouldNotContain($"ci container {SenderLimits.MaxPerSystem}");
        left[0].ShouldBe("ci container 0");
    }

    private async Task<(MonitoredSystem System, IngestToken Token)> CreateAsync()
    {
        var system = await engine.CreateSystemAsync();
        return (system, await engine.CreateTokenAsync(system));
    }

    private Task AddAsync(params Sender[] senders) => _store.AddAsync(senders, CancellationToken.None);

    private async Task<string[]> ListAsync(params MonitoredSystem[] systems) =>
    [
        .. (await _store.ListAsync([.. systems.Select(static system => system.Key)], CancellationToken.None))
            .Select(static seen => $"{seen.Sender.UserName} {seen.Sender.Installation}"),
    ];
}

public sealed class SqliteSenderStoreTests(SqliteFixture engine) : SenderStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresSenderStoreTests(PostgresFixture engine) : SenderStoreTests(engine), IClassFixture<PostgresFixture>;
