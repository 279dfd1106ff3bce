using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Reports;

/// <summary>The reports' computations, from the sums and from the rows themselves.</summary>
public abstract class ReportPackTests(EngineFixture engine)
{
    private const string FromSums = "from=2026-05-01&to=2026-05-02";

    // No quarter of an hour: the sums can't tell.
    private const string FromRows = "from=2026-05-01T00:00:01Z&to=2026-05-02";

    public static TheoryData<string> Ranges => [FromSums, FromRows];

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task RunAsync_Tools_CountsUsesDenialsAndDecisions(string range)
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            [
                A.Tool(system, "before", minute: -3 * 24 * 60),
                .. Enumerable.Range(0, 100).Select(i => A.Tool(system, $"b{i}", minute: i, with: m => m.DurationMs = 10 * (i + 1))),
                A.Tool(system, "e", with: static m => (m.Status, m.UserName, m.DurationMs) = (MessageStatus.Error, "bob", 7)),
                A.Tool(system, "d", toolName: "Edit", with: static m => (m.Status, m.DurationMs) = (MessageStatus.Denied, 9000)),
                Decision(system, "Edit", "reject"),
                Decision(system, "Bash", "accept"),
                Decision(system, "Bash", "accept"),
            ]);

        var tools = await RunAsync(system, "tools", range);
        var byUser = await RunAsync(system, "tools-by-user", range);

        tools.Columns.Select(static c => c.Name).ShouldBe(
            ["tool", "uses", "previousUses", "share", "errors", "successRate", "denied", "accepted", "rejected", "p50DurationMs", "p95DurationMs"]);
        var (bash, edit) = (tools.Rows[0], tools.Rows[1]);
        bash.Take(9).ShouldBe(["Bash", 101L, 0L, 1.0, 1L, 1 - 1 / 101.0, 0L, 2L, 0L]);
        ((double)bash[9]!).ShouldBe(500, 500 * 0.01);
        ((double)bash[10]!).ShouldBe(950, 950 * 0.01);
        edit.ShouldBe(["Edit", 0L, 0L, 0.0, 0L, null, 1L, 0L, 1L, null, null]);
        tools.Total.Take(9).ShouldBe([null, 101L, 0L, 1.0, 1L, 1 - 1 / 101.0, 1L, 2L, 1L]);
        tools.Series.Select(static s => (s.Name, string.Join(' ', s.Values))).ShouldBe([("Succeeded", "100 0"), ("Failed", "1 0"), ("Denied", "0 1")]);
        byUser.Rows.Select(static row => (row[0], row[1], row[2])).ShouldBe([("alice", "Bash", 100L), ("bob", "Bash", 1L), ("alice", "Edit", 0L)]);
        byUser.Categories.ShouldBe(["alice", "bob"]);
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task RunAsync_ApiByModel_TellsFailuresRetriesAndTimes(string range)
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            [
                .. Enumerable.Range(1, 20).Select(i => A.Generation(system, $"g{i}", minute: i, with: m => (m.DurationMs, m.TimeToFirstTokenMs) = (100 * i, 10 * i))),
                A.Generation(system, "next", minute: 24 * 60, with: static m => (m.DurationMs, m.TimeToFirstTokenMs, m.Metadata) = (5000, null, """{"attempt":3}""")),
                A.Generation(system, "opus", with: static m => (m.Model, m.DurationMs, m.Metadata) = ("opus", null, """{"attempt":"2"}""")),
                A.Message(system, with: static m => (m.Type, m.Model, m.Metadata) = (MessageType.Error, "opus", """{"attempt":4}""")),
                A.Message(system, with: static m => (m.Type, m.Model) = (MessageType.Refusal, "opus")),
            ]);

        var table = await RunAsync(system, "api-by-model", range);

        table.Columns.Select(static c => c.Name).ShouldBe(
            ["model", "calls", "previousCalls", "errors", "errorRate", "refusals", "retries", "p50DurationMs", "p95DurationMs", "p50TimeToFirstTokenMs", "p95TimeToFirstTokenMs"]);
        table.Rows[0].Take(7).ShouldBe(["claude-sonnet-5-5", 21L, 0L, 0L, 0.0, 0L, 2L]);
        ((double)table.Rows[0][7]!).ShouldBe(1100, 11);
        ((double)table.Rows[0][8]!).ShouldBe(2000, 20);
        ((double)table.Rows[0][9]!).ShouldBe(100, 1);
        table.Rows[1].ShouldBe(["opus", 1L, 0L, 1L, 0.5, 1L, 4L, null, null, null, null]);
        table.Total.Take(7).ShouldBe([null, 22L, 0L, 1L, 1 / 23.0, 1L, 6L]);
        table.Series.Select(static s => s.Name).ShouldBe(["claude-sonnet-5-5", "opus"]);
        table.Series[0].Values[0]!.Value.ShouldBe(1900, 19);
        table.Series[0].Values[1]!.Value.ShouldBe(5000, 50);
        table.Series[1].Values.ShouldBe([null, null]);
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task RunAsync_ApiByModel_CountsAttemptsOfCallsThatAreWholeNumbersAndNotAbsurd(string range)
    {
        var system = await engine.CreateSystemAsync();
        string[] counted = ["2", "\"3\"", "\"007\"", "1000"];
        string[] others = ["0", "1", "\"1\"", "1001", "99999999999999999999", "2.5", "-4", "\" 5\"", "\"many\"", "\"\"", "true", "null", "[2]", """{"attempt":6}"""];
        await AppendAsync(
            [
                .. counted.Concat(others).Select((attempt, i) => A.Generation(system, $"{i}", with: m => m.Metadata = $$"""{"x":"attempt","attempt":{{attempt}}}""")),
                A.Generation(system, "inside", with: static m => m.Metadata = """{"x":{"attempt":6}}"""),
                A.Generation(system, "of the sender", with: static m => m.Attributes = AttributeSet.Create("""{"attempt":"7"}""")),
                A.Message(system, with: static m => (m.Type, m.Metadata) = (MessageType.Refusal, """{"attempt":8}""")),
                A.Message(system, with: static m => (m.Type, m.Metadata) = (MessageType.Error, """{"attempt":9}""")),
            ]);

        var table = await RunAsync(system, "api-by-model", range);

        table.Total[6].ShouldBe(1L + 2 + 6 + 999 + 8);
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task RunAsync_Cache_SavesAtTheListPriceOfTheModelAndItsTier(string range)
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            [
                // Sonnet 5.5: 2 in, 0.1 read, 2.5 write a million: 1000 × 1.9 − 400 × 0.5.
                A.Generation(system, "a", with: static m => (m.InputTokens, m.CacheReadTokens, m.CacheCreateTokens) = (600, 1000, 400)),
                // Haiku 5.5 above 100,000 tokens: 0.5 in, 0.05 read; at 100,000: 0.1 in, 0.01 read.
                A.Generation(system, "b", with: static m => (m.Model, m.InputTokens, m.CacheReadTokens, m.CacheCreateTokens) = ("claude-haiku-5-5", 1, 100_000, 0)),
                A.Generation(system, "c", minute: 24 * 60, with: static m => (m.Model, m.UserName, m.InputTokens, m.CacheReadTokens, m.CacheCreateTokens) = ("claude-haiku-5-5", "bob", 0, 100_000, 0)),
                A.Generation(system, "d", minute: 24 * 60, with: static m => (m.Model, m.UserName, m.CacheReadTokens, m.CacheCreateTokens) = ("a model without a price", "carol", 5, 6)),
            ]);

        var byUser = await RunAsync(system, "cache-by-user", range);
        var byDay = await RunAsync(system, "cache-by-day", range);

        byUser.Columns.Select(static c => c.Name).ShouldBe(
            ["user", "cacheHitRate", "savedMicrocents", "previousSavedMicrocents", "cacheReadTokens", "cacheCreateTokens", "inputTokens", "unpricedTokens", "calls"]);
        byUser.Rows.Select(static row => (row[0], row[2], row[7])).ShouldBe(
            [("alice", (object?)(1_900_000L - 200_000 + 45_000_000), (object?)0L), ("bob", 9_000_000L, 0L), ("carol", null, 11L)]);
        byDay.Rows.Select(static row => (row[0], row[2])).ShouldBe([("2026-05-01", (object?)46_700_000L), ("2026-05-02", 9_000_000L)]);
        byDay.Total.ShouldBe([null, 201_005 / (double)(201_005 + 406 + 611), 55_700_000L, null, 201_005L, 406L, 611L, 11L, 4L]);
        byDay.Series.ShouldHaveSingleItem().Values.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task RunAsync_Code_CountsWhatTheMetricsTellAndWhatOneCost(string range)
    {
        var system = await engine.CreateSystemAsync();
        await engine.Get<ITelemetryStore>().AppendAsync(
            [
                new TelemetryBatch(
                    1,
                    [A.Generation(system, "a", costNanodollars: 1_000), A.Generation(system, "b", costNanodollars: 500, with: static m => m.UserName = "bob")],
                    [
                        Point(system, "claude_code.lines_of_code.count", 30, """{"type":"added"}"""),
                        Point(system, "claude_code.lines_of_code.count", 10, """{"type":"removed"}"""),
                        Point(system, "claude_code.commit.count", 2, "{}"),
                        Point(system, "claude_code.pull_request.count", 1, "{}"),
                        Point(system, "claude_code.code_edit_tool.decision", 3, """{"decision":"accept","language":"C#"}"""),
                        Point(system, "claude_code.code_edit_tool.decision", 1, """{"decision":"reject","language":"C#"}"""),
                        Point(system, "claude_code.code_edit_tool.decision", 1, """{"decision":"accept","language":"Markdown"}"""),
                        Point(system, "claude_code.active_time.total", 99, "{}"),
                    ]),
            ],
            CancellationToken.None);

        var byUser = await RunAsync(system, "code-by-user", range);
        var byDay = await RunAsync(system, "code-by-day", range);
        var byLanguage = await RunAsync(system, "code-by-language", range);

        byUser.Rows.ShouldBe(
        [
            ["alice", 30L, 10L, 2L, 1L, 4L, 1L, 1_000L, 25L, 500L, 1_000L, 250L],
            ["bob", 0L, 0L, 0L, 0L, 0L, 0L, 500L, null, null, null, null],
        ]);
        byDay.Rows.ShouldHaveSingleItem().ShouldBe(["2026-05-01", 30L, 10L, 2L, 1L, 4L, 1L, 1_500L, 38L, 750L, 1_500L, 375L]);
        byDay.Series.Select(static s => (s.Name, string.Join(' ', s.Values))).ShouldBe([("Added", "30 0"), ("Removed", "10 0")]);
        byLanguage.Rows.ShouldBe([["C#", 3L, 0L, 1L, 0.75, 0.75], ["Markdown", 1L, 0L, 0L, 1.0, 0.25]]);
        byLanguage.Total.ShouldBe([null, 4L, 0L, 1L, 0.8, 1.0]);
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task RunAsync_SessionsByDay_TellsLengthActiveTimeAndCostOfEach(string range)
    {
        var system = await engine.CreateSystemAsync();
        await engine.Get<ITelemetryStore>().AppendAsync(
            [
                new TelemetryBatch(
                    1,
                    [
                        A.Message(system, session: "s-1", with: static m => m.Type = MessageType.Prompt),
                        A.Message(system, minute: 1, session: "s-1", with: static m => m.Type = MessageType.Prompt),
                        A.Generation(system, "a", minute: 10, session: "s-1", costNanodollars: 900),
                        A.Generation(system, "b", minute: 24 * 60, session: "s-1", costNanodollars: 100, with: static m => m.UserName = "bob"),
                        A.Generation(system, "c", minute: 5, session: "s-2", costNanodollars: 400, with: static m => m.StartedAt = A.Noon),
                        A.Message(system, session: "never"),
                    ],
                    [
                        Point(system, "claude_code.active_time.total", 1.5, """{"type":"user"}"""),
                        Point(system, "claude_code.active_time.total", 2.25, """{"type":"cli"}"""),
                    ]),
            ],
            CancellationToken.None);

        var table = await RunAsync(system, "sessions-by-day", range);

        table.Columns.Select(static c => c.Name).ShouldBe(
        [
            "day", "sessions", "people", "prompts", "costMicrocents", "costPerSessionMicrocents", "costPerPromptMicrocents", "meanLengthSeconds", "activeSeconds", "personActiveSeconds",
        ]);
        table.Rows.ShouldBe(
        [
            ["2026-05-01", 2L, 1L, 2L, 1_300L, 650L, 650L, (24 * 60 + 5) * 60 / 2.0, 3.75, 1.5],
            ["2026-05-02", 1L, 1L, 0L, 100L, 100L, null, null, null, null],
        ]);
        table.Total.ShouldBe([null, 2L, 2L, 2L, 1_400L, 700L, 700L, (24 * 60 + 5) * 60 / 2.0, 3.75, 1.5]);
        table.Series.ShouldHaveSingleItem().Values.ShouldBe([2, 1]);
    }

    [Theory]
    [InlineData("cost-by-repository", FromSums, "vcs.repository.url.full", "repository")]
    [InlineData("cost-by-repository", FromRows, "vcs.repository.url.full", "repository")]
    [InlineData("cost-by-metadata", FromSums + "&key=vcs.repository.url.full", "vcs.repository.url.full", "value")]
    [InlineData("cost-by-metadata", FromSums + "&key=team.id", "team.id", "value")]
    [InlineData("cost-by-metadata", FromRows + "&key=team.id", "team.id", "value")]
    public async Task RunAsync_CostByAttribute_HasARowAValue(string slug, string query, string key, string column)
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            [
                A.Generation(system, "before", minute: -24 * 60, costNanodollars: 300, with: m => m.Metadata = $$"""{"{{key}}":"one"}"""),
                A.Generation(system, "a", costNanodollars: 700, with: m => m.Metadata = $$"""{"{{key}}":"one"}"""),
                A.Generation(system, "b", costNanodollars: 100, with: m => m.Metadata = $$"""{"{{key}}":"one"}"""),
                A.Generation(system, "c", costNanodollars: 150, with: m => m.Metadata = $$"""{"{{key}}":"two"}"""),
                A.Generation(system, "d", costNanodollars: 50),
            ]);

        var table = await RunAsync(system, slug, query);

        table.Columns[0].Name.ShouldBe(column);
        table.Columns[0].Filter.ShouldBe($"metadata.{key}");
        table.Rows.Select(static row => (row[0], row[1], row[2], row[3], row[5])).ShouldBe(
            [("one", "events", 800L, 300L, 2L), ("two", "events", 150L, 0L, 1L), (null, "events", 50L, 0L, 1L)]);
        table.Total.Skip(1).Take(2).ShouldBe([null, 1_000L]);
        table.Categories.ShouldBe(["one", "two", null]);
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task RunAsync_Dearest_AreThoseThatEveryCallGives(string range)
    {
        var system = await engine.CreateSystemAsync();
        var random = new Random(20260501);
        List<Message> calls =
        [
            .. Enumerable.Range(0, 3000).Select(i => A.Generation(
                system, $"{i}", minute: i % 2000, session: $"s-{i % 300}", costNanodollars: random.NextInt64(1, 1000) * (i % 7 == 0 ? 40 : 1),
                with: m => m.PromptId = i % 50 == 0 ? null : $"p-{i % 300}-{random.Next(4)}")),
        ];
        var expected = calls.Where(static m => m.PromptId is not null).GroupBy(static m => m.PromptId!).Select(static prompt => (Id: prompt.Key, Cost: prompt.Sum(static m => m.CostNanodollars!.Value)))
            .OrderByDescending(static prompt => prompt.Cost).ThenBy(static prompt => prompt.Id, StringComparer.Ordinal).Take(50).ToList();
        var sessions = calls.GroupBy(static m => m.SessionId!).Select(static session => (Id: session.Key, Cost: session.Sum(static m => m.CostNanodollars!.Value)))
            .OrderByDescending(static session => session.Cost).ThenBy(static session => session.Id, StringComparer.Ordinal).Take(100).ToList();
        var whole = calls.Sum(static m => m.CostNanodollars!.Value);
        await AppendAsync(calls);

        var dearestPrompts = await RunAsync(system, "dearest-prompts", range);
        var dearestSessions = await RunAsync(system, "dearest-sessions", range);

        dearestPrompts.Rows.Select(static row => ((string)row[0]!, (long)row[4]!)).ShouldBe(expected);
        dearestPrompts.Rows.ShouldAllBe(static row => ((string)row[0]!).StartsWith($"p{((string)row[1]!).Substring(1)}-"));
        dearestPrompts.Total[4].ShouldBe(whole);
        dearestSessions.Rows.Select(static row => ((string)row[0]!, (long)row[5]!)).ShouldBe(sessions);
        dearestSessions.Rows[0].Skip(1).Take(2).ShouldBe(["alice", calls.Where(m => m.SessionId == sessions[0].Id).Min(static m => m.StartedAt)]);
        dearestSessions.Total[5].ShouldBe(whole);
    }

    [Fact]
    public async Task ListAsync_MetadataKeys_AreThoseWithFewValues()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([.. Enumerable.Range(0, 250).Select(i => A.Generation(system, $"{i}", with: m => m.Metadata = $$"""{"team.id":"{{i % 3}}","event.sequence":{{i}}}"""))]);

        var keys = await engine.Get<IMetadataKeyStore>().ListAsync([system.Key], CancellationToken.None);

        keys.ShouldBe([new MetadataKey("vcs.repository.url.full", 0, true), new MetadataKey("team.id", 3, false)]);
    }

    private static Message Decision(MonitoredSystem system, string tool, string decision) =>
        A.Message(system, with: m => (m.Type, m.ToolName, m.Metadata) = (MessageType.Decision, tool, $$"""{"decision":"{{decision}}"}"""));

    private static MetricPoint Point(MonitoredSystem system, string name, double value, string metadata) => new()
    {
        SystemKey = system.Key,
        SeriesKey = MessageKeys.Session(system.Key, MessageKeys.SessionSource.Content, name + metadata),
        TokenKey = 1,
        Name = name,
        Unit = "",
        Kind = MetricKind.Sum,
        Temporality = MetricTemporality.Delta,
        StartedAt = A.Noon.AddMinutes(-1),
        OccurredAt = A.Noon,
        ReceivedAt = A.Noon,
        Value = value,
        UserName = "alice",
        SessionId = "s-1",
        Attributes = AttributeSet.Empty,
        Metadata = metadata,
    };

    private Task<ReportTable> RunAsync(MonitoredSystem system, string slug, string query)
    {
        var report = engine.Get<IEnumerable<IReport>>().Single(one => one.Info.Slug == slug);
        return report.RunAsync(Query.Report(system, query, report.Parameters), CancellationToken.None);
    }

    private Task<TelemetryAppended> AppendAsync(IReadOnlyList<Message> messages) =>
        engine.Get<ITelemetryStore>().AppendAsync([A.Batch(messages)], CancellationToken.None);
}

public sealed class SqliteReportPackTests(SqliteFixture engine) : ReportPackTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresReportPackTests(PostgresFixture engine) : ReportPackTests(engine), IClassFixture<PostgresFixture>;
