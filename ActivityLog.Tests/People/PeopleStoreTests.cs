using ActivityLog.Core.Messages;
using ActivityLog.Core.People;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.People;

public abstract class PeopleStoreTests(EngineFixture engine)
{
    private readonly string _own = Guid.NewGuid().ToString("N")[..8];

    private IPeopleStore People => engine.Get<IPeopleStore>();

    [Fact]
    public async Task ListAsync_NamesLikeOneAnother_SuggestsTheAddress()
    {
        await NamesAsync($"ann.{_own}@old.example", $"ann.{_own}@new.example", $"Ann {_own}", $"other {_own}");

        var found = (await People.ListAsync(new PeopleQuery { Search = _own.ToUpperInvariant() }, CancellationToken.None)).Items;

        found.Select(static one => (one.Name[..3], one.Suggested?[^11..], one.Reason)).ShouldBe(
            [("Ann", "new.example", AliasReason.SameName), ("ann", null, null), ("ann", "new.example", AliasReason.SameLocalPart), ("oth", null, null)]);
        (await People.ListAsync(new PeopleQuery { Search = _own, Suggested = true }, CancellationToken.None)).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ListAsync_Pages_HaveEachNameOnce()
    {
        await NamesAsync($"a {_own}", $"b {_own}", $"c {_own}");

        var first = await People.ListAsync(new PeopleQuery { Search = _own, Take = 2 }, CancellationToken.None);
        var second = await People.ListAsync(new PeopleQuery { Search = _own, Take = 2, After = first.NextCursor }, CancellationToken.None);

        first.Items.Concat(second.Items).Select(static one => one.Name[..1]).ShouldBe(["a", "b", "c"]);
        second.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task SetAliasAsync_OfAnAlias_StandsForTheSamePerson()
    {
        await NamesAsync($"a {_own}", $"b {_own}", $"c {_own}");

        (await SetAsync("b", "c")).ShouldBe(AliasChange.Done);
        (await SetAsync("a", "b")).ShouldBe(AliasChange.Done);
        (await AliasesAsync()).ShouldBe(["a of c", "b of c", "c"]);

        (await SetAsync("c", "b")).ShouldBe(AliasChange.Itself);
        (await SetAsync("a", "a")).ShouldBe(AliasChange.Itself);
        (await SetAsync("a", "nobody")).ShouldBe(AliasChange.TargetNotFound);
        (await SetAsync("nobody", "a")).ShouldBe(AliasChange.NotFound);
        (await SetAsync("b", null)).ShouldBe(AliasChange.Done);
        (await AliasesAsync()).ShouldBe(["a of c", "b", "c"]);
    }

    [Fact]
    public async Task SetAliasAsync_NameThatOthersStandFor_TakesThemAlong()
    {
        await NamesAsync($"a {_own}", $"b {_own}", $"c {_own}");
        await SetAsync("a", "b");

        await SetAsync("b", "c");

        (await AliasesAsync()).ShouldBe(["a of c", "b of c", "c"]);
    }

    [Fact]
    public async Task SetAliasAsync_OnePersonOfTwoNames_IsShownGroupedAndFilteredAsOne()
    {
        var system = await engine.CreateSystemAsync();
        string[] names = [$"a {_own}", $"b {_own}", $"c {_own}"];
        await engine.Get<ITelemetryStore>().AppendAsync(
            [A.Batch([.. names.Select((name, i) => A.Generation(system, name, session: $"s-{i}", with: message => message.UserName = name))])], CancellationToken.None);
        await SetAsync("a", "b");

        var messages = engine.Get<IMessageStore>();
        (await messages.AggregateAsync(Query.Aggregate(system, "groupBy=userName&metric=count(),distinct(userName)&order=userName"), CancellationToken.None)).Lines()
            .ShouldBe([$"b {_own} | 2 | 1", $"c {_own} | 1 | 1"]);
        foreach (var name in names[..2])
        {
            var list = await messages.ListAsync(Query.Messages(system, $"userName={name}"), CancellationToken.None);
            list.Items.Select(static message => message.UserName).ShouldBe([names[1], names[1]]);
        }

        var report = engine.Get<IEnumerable<IReport>>().Single(static one => one.Info.Slug == "cost-by-user");
        (await report.RunAsync(Query.Report(system), CancellationToken.None)).Categories.ShouldBe([names[1], names[2]]);
        (await report.RunAsync(Query.Report(system, $"user=a {_own}"), CancellationToken.None)).Categories.ShouldBe([names[1]]);
        var overview = await engine.Get<IOverviewStore>().GetAsync(Query.Report(system), CancellationToken.None);
        (overview.People.Value, string.Join(" + ", overview.TopPeople.Select(static one => $"{one.Name} {one.Calls}"))).ShouldBe((2, $"{names[1]} 2 + {names[2]} 1"));
    }

    private Task<AliasChange> SetAsync(string name, string? aliasOf) =>
        People.SetAliasAsync($"{name} {_own}", aliasOf is null ? null : $"{aliasOf} {_own}", CancellationToken.None);

    private async Task<string[]> AliasesAsync() =>
    [
        .. (await People.ListAsync(new PeopleQuery { Search = _own }, CancellationToken.None)).Items
            .Select(static one => one.AliasOf is null ? one.Name[..1] : $"{one.Name[..1]} of {one.AliasOf[..1]}"),
    ];

    private async Task NamesAsync(params string[] names)
    {
        var system = await engine.CreateSystemAsync();
        await engine.Get<ITelemetryStore>().AppendAsync(
            [A.Batch([.. names.Select(name => A.Message(system, with: message => message.UserName = name))])], CancellationToken.None);
    }
}

public sealed class SqlitePeopleStoreTests(SqliteFixture engine) : PeopleStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresPeopleStoreTests(PostgresFixture engine) : PeopleStoreTests(engine), IClassFixture<PostgresFixture>;
