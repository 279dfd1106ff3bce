using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Sessions;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Sessions;

public abstract class SessionStoreTests(EngineFixture engine)
{
    private readonly ISessionStore _sessions = engine.Get<ISessionStore>();

    [Theory]
    [InlineData("cost", "dear, long, late")]
    [InlineData("time", "late, long, dear")]
    [InlineData("length", "long, dear, late")]
    [InlineData("errors", "late, dear, long")]
    public async Task ListAsync_Sorted_LargestFirstPageAfterPage(string sort, string expected)
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            A.Generation(system, "a", session: "dear", costNanodollars: 9_000_000_000), A.Generation(system, "b", minute: 5, session: "dear"), Error(system, "e1", 6, "dear"),
            A.Generation(system, "c", session: "long", costNanodollars: 8_999_999_999), A.Generation(system, "d", minute: 90, session: "long"),
            A.Generation(system, "e", minute: 120, session: "late"), Error(system, "e2", 121, "late"), Error(system, "e3", 122, "late"),
            // No prompt and no call: no session.
            A.Message(system, minute: 200, session: "nothing"), Error(system, "e4", 201, "nothing"),
        ]);

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await ListAsync(system, $"sort={sort}&take=1{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.Items.Select(static session => session.SessionId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        string.Join(", ", seen).ShouldBe(expected);
    }

    [Fact]
    public async Task ListAsync_OneSession_AddsUpItsMessages()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            Prompt(system, 0),
            A.Generation(system, "a", minute: 1, costNanodollars: 1_500), A.Generation(system, "b", minute: 2, costNanodollars: 1_000, with: static m => m.Model = "opus"),
            A.Generation(system, "c", minute: 3, costNanodollars: 0, with: static m => m.Model = "opus"),
            A.Tool(system, "t1", minute: 3), A.Tool(system, "t2", minute: 4, with: static m => m.Status = MessageStatus.Denied),
            Error(system, "e", 5), A.Generation(system, "r", minute: 6, with: static m => (m.Type, m.CostNanodollars) = (MessageType.Repeat, 99)),
        ]);

        var session = (await ListAsync(system, "")).Items.ShouldHaveSingleItem();

        session.SystemId.ShouldBe(system.Id);
        session.SessionId.ShouldBe(A.Session);
        session.UserName.ShouldBe("alice");
        session.Models.ShouldBe(["opus", "claude-sonnet-5-5"]);
        (session.Prompts, session.Generations, session.Tools, session.Errors).ShouldBe((1, 3, 1, 1));
        (session.CostNanodollars, session.CostMicrocents).ShouldBe((2_500, 2));
        (session.InputTokens, session.OutputTokens, session.CacheReadTokens, session.CacheCreateTokens).ShouldBe((30, 60, 900, 120));
        session.StartedAt.ShouldBe(A.Noon);
        session.EndedAt.ShouldBe(A.Noon.AddMinutes(5));
        (await _sessions.FindAsync(A.Session, [system.Key], CancellationToken.None)).ShouldHaveSingleItem().ShouldBeEquivalentTo(session);
    }

    [Fact]
    public async Task ListAsync_Filters_CountOnlyWhatTheyLeave()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            Prompt(system, 0, "one"), A.Generation(system, "a", minute: 1, session: "one"),
            A.Generation(system, "b", minute: 2, session: "one", costNanodollars: 7_000, with: static m => m.Model = "opus"),
            A.Generation(system, "c", minute: 3, session: "two", with: static m => m.UserName = "bob"),
            A.Generation(system, "d", minute: 24 * 60, session: "one", costNanodollars: 5_000, with: static m => m.Metadata = """{"team":"core"}"""),
        ]);

        (await ListAsync(system, "user=bob")).Items.Select(static session => session.SessionId).ShouldBe(["two"]);
        var ofModel = (await ListAsync(system, "model=opus")).Items.ShouldHaveSingleItem();
        // What has no model counts whatever the model is.
        (ofModel.SessionId, ofModel.CostNanodollars, ofModel.Generations, ofModel.Prompts).ShouldBe(("one", 7_000, 1, 1));
        var later = (await ListAsync(system, "from=2026-05-02&to=2026-05-02")).Items.ShouldHaveSingleItem();
        (later.CostNanodollars, later.Generations, later.Prompts).ShouldBe((5_000, 1, 0));
        (await ListAsync(system, "metadata.team=core")).Items.ShouldHaveSingleItem().CostNanodollars.ShouldBe(5_000);
        (await ListAsync(system, "metadata.team=web")).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cost", "dear: events, told: metrics, half: metrics, spans: metrics, cheap: events")]
    [InlineData("time", "half: metrics, told: metrics, cheap: events, dear: events, spans: metrics")]
    [InlineData("length", "told: metrics, dear: events, cheap: events, spans: metrics, half: metrics")]
    public async Task ListAsync_SessionsThatOnlyMetricsTellOf_AreAmongTheOthersPageAfterPage(string sort, string expected)
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            [
                A.Generation(system, "a", session: "dear", costNanodollars: 9_000_000_000), A.Generation(system, "b", minute: 20, session: "dear"),
                A.Generation(system, "c", minute: 21, session: "cheap"), A.Generation(system, "d", minute: 30, session: "cheap"),
                // A prompt that no call is told of, and a span, which tells no cost.
                Prompt(system, 50, "half"), A.GenerationSpan(system, "s", minute: 1, session: "spans"),
            ],
            // What calls tell, too, counts once.
            A.Point(system, minute: 22, session: "dear", value: 9), A.Point(system, minute: 23, session: "cheap", value: 0.001),
            A.Point(system, minute: 3, session: "told", value: 1.5), A.Point(system, minute: 40, session: "told", value: 0.25, model: "opus"),
            A.Point(system, minute: 51, session: "half", value: 1), A.Point(system, minute: 2, session: "spans", value: 0.5), A.Point(system, minute: 9, session: "nothing", value: 0));

        List<SessionView> seen = [];
        string? cursor = null;
        do
        {
            var page = await ListAsync(system, $"sort={sort}&take=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        string.Join(", ", seen.Select(static session => $"{session.SessionId}: {session.Source}")).ShouldBe(expected);
        var told = seen.Single(static session => session.SessionId == "told");
        (told.CostNanodollars, told.Prompts, told.Generations, told.Tools, told.Errors).ShouldBe((1_750_000_000, 0, 0, 0, 0));
        (told.UserName, told.StartedAt, told.EndedAt).ShouldBe(("alice", A.Noon.AddMinutes(3), A.Noon.AddMinutes(40)));
        told.Models.ShouldBe(["claude-sonnet-5-5", "opus"]);
        var spans = seen.Single(static session => session.SessionId == "spans");
        (spans.CostNanodollars, spans.Generations, spans.InputTokens, spans.CacheReadTokens).ShouldBe((500_000_000, 1, 10, 300));
        seen.Single(static session => session.SessionId == "half").Prompts.ShouldBe(1);
        seen.Sum(static session => session.CostNanodollars).ShouldBe(9_000_000_000 + 3_000_000 + 3_250_000_000);
    }

    [Fact]
    public async Task ListAsync_SessionsThatOnlyMetricsTellOf_FollowTheFilters()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            [],
            A.Point(system, session: "one", value: 1), A.Point(system, minute: 1, session: "one", value: 2, model: "opus"), A.Point(system, minute: 24 * 60, session: "two", value: 4));

        (await ListAsync(system, "sort=cost")).Items.Select(static session => (session.SessionId, session.CostMicrocents)).ShouldBe([("two", 4_000_000), ("one", 3_000_000)]);
        (await ListAsync(system, "model=opus")).Items.ShouldHaveSingleItem().CostMicrocents.ShouldBe(2_000_000);
        (await ListAsync(system, "to=2026-05-01")).Items.ShouldHaveSingleItem().SessionId.ShouldBe("one");
        (await ListAsync(system, "user=bob")).Items.ShouldBeEmpty();
        (await ListAsync(system, "serviceName=claude-code")).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task FindAsync_SessionThatOnlyMetricsTellOf_IsThatOfTheListUntilItsCallsCome()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([], A.Point(system, session: "one"), A.Point(system, minute: 1, session: "other"));

        var found = (await _sessions.FindAsync("one", [system.Key], CancellationToken.None)).ShouldHaveSingleItem();

        found.ShouldBeEquivalentTo((await ListAsync(system, "")).Items.Single(static session => session.SessionId == "one"));
        (found.Source, found.CostMicrocents).ShouldBe(("metrics", 250_000));
        (await _sessions.ListMessagesAsync(system.Key, "one", static message => message.Id, CancellationToken.None)).ShouldBeEmpty();
        await AppendAsync([A.Generation(system, "late", session: "one", costNanodollars: 250_000_000)]);
        var later = (await _sessions.FindAsync("one", [system.Key], CancellationToken.None)).ShouldHaveSingleItem();
        (later.Source, later.CostMicrocents, later.Generations).ShouldBe(("events", 250_000, 1));
    }

    [Fact]
    public async Task FindAsync_SameIdInTwoSystems_AreTwoSessions()
    {
        var (one, two, unseen) = (await engine.CreateSystemAsync(), await engine.CreateSystemAsync(), await engine.CreateSystemAsync());
        await AppendAsync([A.Generation(one, "a", session: "same"), A.Generation(two, "b", minute: 1, session: "same"), A.Generation(unseen, "c", session: "same")]);

        var found = await _sessions.FindAsync("same", [one.Key, two.Key], CancellationToken.None);

        found.Select(static session => session.SystemId).ShouldBe([two.Id, one.Id]);
        (await _sessions.FindAsync("other", [one.Key], CancellationToken.None)).ShouldBeEmpty();
        (await _sessions.FindAsync("same", [], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListMessagesAsync_ASession_IsOldestFirstWithTheParentsOfTools()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            A.Tool(system, "t", minute: 3), A.Generation(system, "a", minute: 1), A.Generation(system, "b", minute: 2), A.Generation(system, "x", session: "other"),
        ]);

        var messages = await _sessions.ListMessagesAsync(system.Key, A.Session, static message => (message.Id, message.RequestId), CancellationToken.None);

        messages.Select(static one => one.Taken.RequestId).ShouldBe(["a", "b", null]);
        messages.Select(static one => one.ParentId).ShouldBe([null, null, messages[1].Taken.Id]);
    }

    [Fact]
    public async Task GetStateAsync_PartThatJoinsARow_IsAnother()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([A.Generation(system, "a")]);
        var before = await _sessions.GetStateAsync(system.Key, A.Session, CancellationToken.None);

        await AppendAsync([A.Generation(system, "b", session: "other")]);
        var unchanged = await _sessions.GetStateAsync(system.Key, A.Session, CancellationToken.None);
        await AppendAsync([A.GenerationSpan(system, "a")]);
        var after = await _sessions.GetStateAsync(system.Key, A.Session, CancellationToken.None);

        unchanged.ShouldBe(before);
        after.ShouldNotBe(before);
    }

    [Fact]
    public async Task GetStateAsync_PointOfASessionThatOnlyMetricsTell_IsAnother()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([], A.Point(system));
        var before = await _sessions.GetStateAsync(system.Key, A.Session, CancellationToken.None);

        await AppendAsync([], A.Point(system, session: "other"));
        var unchanged = await _sessions.GetStateAsync(system.Key, A.Session, CancellationToken.None);
        await AppendAsync([], A.Point(system, minute: 1));
        var after = await _sessions.GetStateAsync(system.Key, A.Session, CancellationToken.None);

        unchanged.ShouldBe(before);
        after.ShouldNotBe(before);
    }

    [Theory]
    [InlineData("sort=price", "sort")]
    [InlineData("take=0", "take")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("format=csv", "format")]
    [InlineData("sessionId=x", "sessionId")]
    public void TryParse_WhatCannotBe_NamesTheParameter(string text, string parameter)
    {
        SessionQuery.TryParse(Query.Parameters(text), Query.Scope(), out _, out var error).ShouldBeFalse();
        error!.Parameter.ShouldBe(parameter);
    }

    private static Message Prompt(MonitoredSystem system, int minute, string session = A.Session) =>
        A.Message(system, minute, session, static m => (m.Type, m.Name) = (MessageType.Prompt, "user_prompt"));

    private static Message Error(MonitoredSystem system, string id, int minute, string session = A.Session) =>
        A.Message(system, minute, session, m => (m.Type, m.Name, m.RequestId) = (MessageType.Error, "api_error", id));

    private Task<SessionList> ListAsync(MonitoredSystem system, string text) =>
        SessionQuery.TryParse(Query.Parameters(text), Query.Scope(system), out var query, out var error)
            ? _sessions.ListAsync(query, CancellationToken.None)
            : throw new ArgumentException(error.Message, nameof(text));

    private Task<TelemetryAppended> AppendAsync(IReadOnlyList<Message> messages, params IReadOnlyList<MetricPoint> points) =>
        engine.Get<ITelemetryStore>().AppendAsync([new TelemetryBatch(1, messages, points)], CancellationToken.None);
}

public sealed class SqliteSessionStoreTests(SqliteFixture engine) : SessionStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresSessionStoreTests(PostgresFixture engine) : SessionStoreTests(engine), IClassFixture<PostgresFixture>;
