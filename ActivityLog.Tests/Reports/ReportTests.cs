using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Reports;

public abstract class ReportTests(EngineFixture engine)
{
    private const string May = "from=2026-05-01&to=2026-05-02";

    [Fact]
    public async Task RunAsync_CostByModel_IsExactAndComparedWithThePeriodBefore()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            A.Generation(system, "before", minute: -2 * 24 * 60, costNanodollars: 3_000),
            A.Generation(system, "a", costNanodollars: 1_400),
            A.Generation(system, "b", costNanodollars: 1_400),
            A.Generation(system, "c", minute: 24 * 60, costNanodollars: 7_200, with: static m => m.Model = "opus"),
            A.Generation(system, "after", minute: 2 * 24 * 60, costNanodollars: 9_000));

        var table = await RunAsync(system, "cost-by-model", May);

        Lines(table).ShouldBe(
            ["opus | events | 7200 | 0 | 0.72 | 1 | 10 | 20 | 300 | 40", "claude-sonnet-5-5 | events | 2800 | 3000 | 0.28 | 2 | 20 | 40 | 600 | 80"]);
        Line(table.Total).ShouldBe("null | null | 10000 | 3000 | 1 | 3 | 30 | 60 | 900 | 120");
        Line(table.PreviousTotal!).ShouldBe("null | null | 3000 | null | 1 | 1 | 10 | 20 | 300 | 40");
        table.Columns.Select(static c => c.Name).ShouldBe(
            ["model", "source", "costMicrocents", "previousCostMicrocents", "share", "calls", "inputTokens", "outputTokens", "cacheReadTokens", "cacheCreateTokens"]);
        table.Categories.ShouldBe(["opus", "claude-sonnet-5-5"]);
        table.Series.ShouldHaveSingleItem().Values.ShouldBe([7200, 2800]);
    }

    [Fact]
    public async Task RunAsync_CostByUser_FiltersByPersonAndModel()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            A.Generation(system, "a"),
            A.Generation(system, "b", with: static m => m.UserName = "bob"),
            A.Generation(system, "c", with: static m => (m.UserName, m.Model) = (null, "opus")));

        (await RunAsync(system, "cost-by-user", "")).Categories.ShouldBe([null, "alice", "bob"]);
        (await RunAsync(system, "cost-by-user", "user=bob&user=")).Categories.ShouldBe([null, "bob"]);
        (await RunAsync(system, "cost-by-user", "model=claude-sonnet-5-5")).Categories.ShouldBe(["alice", "bob"]);
        (await RunAsync(system, "cost-by-user", $"systemId={Guid.NewGuid()}")).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_CostByUser_FiltersByServiceAndAttributes()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            A.Generation(system, "a", with: static m => m.Metadata = """{"team":"web"}"""),
            A.Generation(system, "b", with: static m => (m.UserName, m.Metadata) = ("bob", """{"team":"data"}""")),
            A.Generation(system, "c", with: static m => (m.UserName, m.ServiceName) = ("carol", "codex")));

        (await RunAsync(system, "cost-by-user", "serviceName=codex")).Categories.ShouldBe(["carol"]);
        (await RunAsync(system, "cost-by-user", "metadata.team=web")).Categories.ShouldBe(["alice"]);
        (await RunAsync(system, "cost-by-user", "metadata.team=web&meta.team=&serviceName=codex&serviceName=claude-code")).Categories.ShouldBe(["alice", "carol"]);
        var overview = await engine.Get<IOverviewStore>().GetAsync(Query.Report(system, "metadata.team=data"), CancellationToken.None);
        (overview.Spend.Value, overview.People.Value).ShouldBe((1_000_000, 1));
    }

    [Theory]
    [InlineData("key=team", "team")]
    [InlineData("", "vcs.repository.url.full")]
    public void TryParse_AReportsOwnParameter_IsReadOrHasItsDefault(string text, string value)
    {
        ReportParameter key = new("key", "An attribute.", "vcs.repository.url.full", "text", static one => one.Length > 0);

        ReportQuery.TryParse(Query.Parameters(text), [key], Query.Scope(), out var query, out _).ShouldBeTrue();

        query.Own["key"].ShouldBe(value);
        ReportQuery.TryParse(Query.Parameters("key="), [key], Query.Scope(), out _, out var error).ShouldBeFalse();
        error.Message.ShouldContain("Allowed: text");
    }

    [Fact]
    public async Task RunAsync_CostByDay_HasEveryDayOfTheZone()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            A.Generation(system, "a", with: static m => m.OccurredAt = new(2026, 5, 1, 18, 29, 59, DateTimeKind.Utc)),
            A.Generation(system, "b", with: static m => m.OccurredAt = new(2026, 5, 1, 18, 30, 0, DateTimeKind.Utc)),
            A.Generation(system, "c", with: static m => (m.OccurredAt, m.Model, m.CostNanodollars) = (new(2026, 5, 1, 18, 30, 0, DateTimeKind.Utc), "opus", 5_000_000)));

        var table = await RunAsync(system, "cost-by-model-and-day", "from=2026-05-01&to=2026-05-03&tz=Asia/Kolkata");
        var days = await RunAsync(system, "cost-by-day", "from=2026-05-01&to=2026-05-03&tz=Asia/Kolkata");

        table.Categories.ShouldBe(["2026-05-01", "2026-05-02", "2026-05-03"]);
        table.Series.Select(static s => (s.Name, string.Join(' ', s.Values))).ShouldBe([("opus", "0 5000000 0"), ("claude-sonnet-5-5", "1000000 1000000 0")]);
        Lines(table).Select(static line => line[..34])
            .ShouldBe(["2026-05-01 | claude-sonnet-5-5 | e", "2026-05-02 | opus | events | 50000", "2026-05-02 | claude-sonnet-5-5 | e"]);
        Line(table.Total).ShouldStartWith("null | null | null | 7000000 | 0 | 1 | 3 |");
        Lines(days).Select(static line => line[..32]).ShouldBe(["2026-05-01 | events | 1000000 | ", "2026-05-02 | events | 6000000 | "]);
        days.Categories.ShouldBe(table.Categories);
        days.Series.Select(static s => s.Name).ShouldBe(["opus", "claude-sonnet-5-5"]);
    }

    [Fact]
    public async Task RunAsync_TokensByUser_TellsKindsAndTheHitRate()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            A.Generation(system, "before", minute: -24 * 60, with: static m => m.UserName = "bob"),
            A.Generation(system, "a"),
            A.Generation(system, "b", minute: 24 * 60),
            A.Generation(system, "c", with: static m => (m.UserName, m.CacheReadTokens, m.CacheCreateTokens) = ("bob", 0, 30)));

        var users = await RunAsync(system, "tokens-by-user", May);
        var days = await RunAsync(system, "tokens-by-day", May);

        users.Columns.Select(static c => c.Name).ShouldBe(
            ["user", "source", "tokens", "previousTokens", "share", "inputTokens", "outputTokens", "cacheReadTokens", "cacheCreateTokens", "cacheHitRate", "calls"]);
        Lines(users).ShouldBe(["alice | events | 740 | 0 | 0.925 | 20 | 40 | 600 | 80 | 0.8571428571428571 | 2", "bob | events | 60 | 370 | 0.075 | 10 | 20 | 0 | 30 | 0 | 1"]);
        users.Series.Select(static s => (s.Name, string.Join(' ', s.Values))).ShouldBe([("Cache read", "600 0"), ("Cache write", "80 30"), ("Input", "20 10"), ("Output", "40 20")]);
        Lines(days).Select(static line => line[..29]).ShouldBe(["2026-05-01 | events | 430 | n", "2026-05-02 | events | 370 | n"]);
        days.Series[0].Values.ShouldBe([300, 300]);
        Line(days.Total).ShouldBe("null | null | 800 | 370 | 1 | 30 | 60 | 600 | 110 | 0.8108108108108109 | 3");
    }

    [Fact]
    public async Task RunAsync_SpendThatOnlyMetricsTell_IsARowOfItsOwn()
    {
        var system = await engine.CreateSystemAsync();
        await engine.Get<ITelemetryStore>().AppendAsync(
            [
                new TelemetryBatch(
                    1,
                    [A.Generation(system, "a", session: "told twice"), A.Generation(system, "b", session: "no cost", with: static m => m.CostNanodollars = null)],
                    [
                        Point(system, "told twice", 0.001),
                        Point(system, "no cost", 0.25),
                        Point(system, "metrics only", 0.0116576),
                        Point(system, "metrics only", 382, "output"),
                        Point(system, "metrics only", 37_036, "cacheRead"),
                    ]),
            ],
            CancellationToken.None);

        var table = await RunAsync(system, "cost-by-model", May);

        Lines(table).Select(static line => line[20..]).ShouldBe(
            ["metrics | 261657600 | 0 | 0.9961927619836624 | 0 | 0 | 382 | 37036 | 0",
            "events | 1000000 | 0 | 0.0038072380163376197 | 2 | 20 | 40 | 600 | 80"]);
        table.Categories.ShouldHaveSingleItem();
        table.Series.Select(static s => (s.Source, s.Values[0])).ShouldBe([("events", 1_000_000), ("metrics", 261_657_600)]);
    }

    [Theory]
    [InlineData("s-1")]
    [InlineData(null)]
    public async Task RunAsync_SpansAndMetricsWithoutLogs_CountTokensOnceAndTheCostOfTheMetric(string? session)
    {
        var system = await engine.CreateSystemAsync();
        await engine.Get<ITelemetryStore>().AppendAsync(
            [
                new TelemetryBatch(
                    1,
                    [A.GenerationSpan(system, "a", session: "s-1")],
                    [Point(system, session, 0.25), Point(system, session, 10, "input"), Point(system, session, 20, "output")]),
            ],
            CancellationToken.None);

        var table = await RunAsync(system, "cost-by-model", May);

        Line(table.Total).ShouldBe("null | null | 250000000 | 0 | 1 | 1 | 10 | 20 | 300 | 40");
    }

    [Fact]
    public async Task RunAsync_PointsWithoutSession_CountOnDaysWithoutACostOfThatPerson()
    {
        var system = await engine.CreateSystemAsync();
        await engine.Get<ITelemetryStore>().AppendAsync(
            [
                new TelemetryBatch(
                    1,
                    [A.Generation(system, "a"), A.Generation(system, "bob", minute: 24 * 60, with: static m => m.UserName = "bob")],
                    [Point(system, null, 0.001), Point(system, null, 0.002, minute: 24 * 60)]),
            ],
            CancellationToken.None);

        var table = await RunAsync(system, "cost-by-model-and-day", May);

        Lines(table).Where(static line => line.Contains("metrics", StringComparison.Ordinal)).Select(static line => line[..52])
            .ShouldBe(["2026-05-02 | claude-sonnet-5-5 | metrics | 2000000 |"]);
        // The rest of a day counts, whatever the range cuts off.
        (await RunAsync(system, "cost-by-day", "from=2026-05-01T13:00:00Z&to=2026-05-01T23:00:00Z")).Rows.ShouldBeEmpty();
        (await RunAsync(system, "cost-by-day", "from=2026-05-01T11:59:30Z&to=2026-05-01T12:00:00Z")).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetAsync_Overview_HasTheFiguresOfTheRange()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            A.Generation(system, "before", minute: -24 * 60, costNanodollars: 500_000),
            A.Generation(system, "a", session: "s-1"),
            A.Generation(system, "b", session: "s-1", minute: 24 * 60, costNanodollars: 3_000_000),
            A.Generation(system, "c", session: "s-2", with: static m => (m.UserName, m.Model) = ("bob", "opus")),
            A.Message(system, session: "s-3", with: static m => m.Type = MessageType.Prompt),
            A.Message(system, session: "never", with: static m => (m.Type, m.UserName) = (MessageType.Event, "nobody")),
            A.Message(system, session: "failed", with: static m => (m.Type, m.UserName) = (MessageType.Error, "nobody")));

        var overview = await engine.Get<IOverviewStore>().GetAsync(Query.Report(system, May), CancellationToken.None);

        overview.Days.ShouldBe([new(2026, 5, 1), new(2026, 5, 2)]);
        (overview.Spend.Value, overview.Spend.Previous, string.Join(' ', overview.Spend.Days)).ShouldBe((5_000_000, 500_000, "2000000 3000000"));
        (overview.Tokens.Value, overview.Tokens.Previous).ShouldBe((3 * 370, 370));
        (overview.Sessions.Value, overview.Sessions.Previous, string.Join(' ', overview.Sessions.Days)).ShouldBe((3, 1, "3 1"));
        (overview.People.Value, string.Join(' ', overview.People.Days)).ShouldBe((2, "2 1"));
        (overview.Errors.Value, string.Join(' ', overview.Errors.Days)).ShouldBe((1, "1 0"));
        overview.CacheHitRate.Value!.Value.ShouldBe(300.0 / 350, 1e-12);
        overview.TopPeople.Select(static p => (p.Name, p.CostNanodollars, p.Calls)).ShouldBe([("alice", 4_000_000, 2), ("bob", 1_000_000, 1)]);
        overview.TopModels.Select(static m => m.Name).ShouldBe(["claude-sonnet-5-5", "opus"]);
        overview.TopSessions.Select(static s => (s.Name, s.CostNanodollars, s.UserName, s.LastAt))
            .ShouldBe([("s-1", 4_000_000, "alice", A.Noon.AddDays(1)), ("s-2", 1_000_000, "bob", A.Noon)]);
        overview.CostByModel.Select(static s => (s.Name, string.Join(' ', s.Values))).ShouldBe([("claude-sonnet-5-5", "1000000 3000000"), ("opus", "1000000 0")]);
    }

    [Fact]
    public async Task GetAsync_OverviewOfASessionThatOnlyMetricsTell_CountsItOnce()
    {
        var system = await engine.CreateSystemAsync();
        await engine.Get<ITelemetryStore>().AppendAsync(
            [
                new TelemetryBatch(
                    1,
                    [A.Message(system, session: "s-1", with: static m => m.Type = MessageType.Prompt)],
                    [Point(system, "s-1", 0.25), Point(system, "s-2", 0.5)]),
            ],
            CancellationToken.None);

        var overview = await engine.Get<IOverviewStore>().GetAsync(Query.Report(system, "from=2026-05-01"), CancellationToken.None);

        (overview.Sessions.Value, overview.People.Value, overview.Spend.Value).ShouldBe((2, 1, 750_000_000));
        overview.TopSessions.Select(static s => s.Name).ShouldBe(["s-2", "s-1"]);
    }

    [Theory]
    [InlineData("from=2026-05-01")]
    [InlineData("from=2026-05-01T00:00:00.001Z")]
    public async Task Sessions_OfOneIdInTwoSystems_AreTwo(string range)
    {
        var (one, two) = (await engine.CreateSystemAsync(), await engine.CreateSystemAsync());
        await AppendAsync(
            A.Generation(one, "a", session: "same", costNanodollars: 1_000, with: static m => m.PromptId = "p"),
            A.Generation(two, "b", session: "same", costNanodollars: 3_000, with: static m => m.PromptId = "p"));
        await engine.Get<ITelemetryStore>().AppendAsync([new TelemetryBatch(1, [], [Point(one, "told by metrics", 0.000_002)])], CancellationToken.None);
        ReportQuery.TryParse(Query.Parameters(range), [], Query.Scope(one, two), out var query, out _).ShouldBeTrue();

        var overview = await engine.Get<IOverviewStore>().GetAsync(query!, CancellationToken.None);
        var sessions = await RunAsync("dearest-sessions", query!);
        var prompts = await RunAsync("dearest-prompts", query!);

        overview.TopSessions.Select(static share => (share.Name, share.CostNanodollars, share.SystemId))
            .ShouldBe([("same", 3_000, two.Id), ("told by metrics", 2_000, one.Id), ("same", 1_000, one.Id)]);
        sessions.Rows.Select(row => (row[0], row[5], row[^1]))
            .ShouldBe([("same", 3_000L, two.Id.ToString()), ("told by metrics", 2_000L, one.Id.ToString()), ("same", 1_000L, one.Id.ToString())]);
        prompts.Rows.Select(static row => (row[1], row[4], row[^1])).ShouldBe([("same", 3_000L, two.Id.ToString()), ("same", 1_000L, one.Id.ToString())]);
        sessions.Columns[^1].Filter.ShouldBe(ReportColumn.SystemFilter);
    }

    [Fact]
    public async Task GetAsync_OverviewOfNothing_IsEmpty()
    {
        var system = await engine.CreateSystemAsync();

        var overview = await engine.Get<IOverviewStore>().GetAsync(Query.Report(system), CancellationToken.None);

        (overview.Spend.Value, overview.Spend.Previous, overview.CacheHitRate.Value).ShouldBe((0, null, null));
        overview.TopPeople.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("user=alice&format=xml", "format")]
    [InlineData("userName=alice", "userName")]
    [InlineData("metadata.=x", "metadata.")]
    [InlineData("key=team", "key")]
    public void TryParse_WhatReportsDontTake_IsNamed(string text, string parameter)
    {
        ReportQuery.TryParse(Query.Parameters(text), [], Query.Scope(), out _, out var error).ShouldBeFalse();

        error.Parameter.ShouldBe(parameter);
        error.Message.ShouldContain("Allowed");
    }

    private static string[] Lines(ReportTable table) => [.. table.Rows.Select(Line)];

    private static string Line(IReadOnlyList<object?> row) => string.Join(" | ", row.Select(static cell => FormattableString.Invariant($"{cell ?? "null"}")));

    private static MetricPoint Point(MonitoredSystem system, string? session, double value, string? tokens = null, int minute = 0) => new()
    {
        SystemKey = system.Key,
        SeriesKey = MessageKeys.Session(system.Key, MessageKeys.SessionSource.Content, $"{session} {tokens}"),
        TokenKey = 1,
        Name = tokens is null ? "claude_code.cost.usage" : "claude_code.token.usage",
        Unit = tokens is null ? "USD" : "tokens",
        Kind = MetricKind.Sum,
        Temporality = MetricTemporality.Delta,
        StartedAt = A.Noon.AddMinutes(minute - 1),
        OccurredAt = A.Noon.AddMinutes(minute),
        ReceivedAt = A.Noon.AddMinutes(minute),
        Value = value,
        UserName = "alice",
        SessionId = session,
        Model = "claude-sonnet-5-5",
        Attributes = AttributeSet.Empty,
        Metadata = tokens is null ? "{}" : $$"""{"type":"{{tokens}}"}""",
    };

    private Task<ReportTable> RunAsync(MonitoredSystem system, string slug, string query) => RunAsync(slug, Query.Report(system, query));

    private Task<ReportTable> RunAsync(string slug, ReportQuery query) =>
        engine.Get<IEnumerable<IReport>>().Single(report => report.Info.Slug == slug).RunAsync(query, CancellationToken.None);

    private Task<TelemetryAppended> AppendAsync(params Message[] messages) =>
        engine.Get<ITelemetryStore>().AppendAsync([A.Batch(messages)], CancellationToken.None);
}

public sealed class SqliteReportTests(SqliteFixture engine) : ReportTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresReportTests(PostgresFixture engine) : ReportTests(engine), IClassFixture<PostgresFixture>;
