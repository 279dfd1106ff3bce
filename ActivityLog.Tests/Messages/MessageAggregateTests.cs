using System.Globalization;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Messages;

public abstract class MessageAggregateTests(EngineFixture engine)
{
    [Fact]
    public async Task AggregateAsync_ByModel_SumsNanodollarsAndRoundsOnce()
    {
        var system = await engine.CreateSystemAsync();
        // Each alone would round to nothing.
        await AppendAsync(
        [
            .. Enumerable.Range(0, 5).Select(i => A.Generation(system, $"req_{i}", costNanodollars: 400)),
            A.Generation(system, "big", costNanodollars: 5_000_000, with: static m => m.Model = "opus"),
        ]);

        var result = await RunAsync(system, "type=ai.generation&groupBy=model&metric=sum(costMicrocents),count(),avg(costMicrocents),max(costMicrocents)");

        result.ShouldBe(["opus | 5000 | 1 | 5000 | 5000", "claude-sonnet-5-5 | 2 | 5 | 0.4 | 0"]);
    }

    [Fact]
    public async Task AggregateAsync_Nothing_CountsNothing()
    {
        var system = await engine.CreateSystemAsync();

        (await RunAsync(system, "metric=count(),sum(costMicrocents),avg(durationMs),p95(durationMs),distinct(model)")).ShouldBe(["0 | 0 | null | null | 0"]);
        (await RunAsync(system, "metric=count()&groupBy=model")).ShouldBeEmpty();
    }

    [Fact]
    public async Task AggregateAsync_ByMetadata_OwnStandsBeforeSharedAndNoneIsNull()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            A.Generation(system, "a", with: static m => m.Attributes = AttributeSet.Create("""{"user.name":"alice"}""")),
            A.Generation(system, "b", with: static m => (m.Attributes, m.Metadata) = (AttributeSet.Create("""{"user.name":"alice"}"""), """{"user.name":"Zoë"}""")),
            A.Generation(system, "c"),
        ]);

        (await RunAsync(system, "groupBy=metadata.user.name&metric=count()&order=metadata.user.name asc")).ShouldBe(["Zoë | 1", "alice | 1", "null | 1"]);
        (await RunAsync(system, "groupBy=meta.user.name&metric=count()&order=meta.user.name desc")).ShouldBe(["alice | 1", "Zoë | 1", "null | 1"]);
    }

    [Theory]
    [InlineData("type", "ai.generation | 2", "ai.tool | 1")]
    [InlineData("userName", "alice | 3")]
    [InlineData("status", "ok | 1", "null | 2")]
    [InlineData("signal", "log | 3")]
    [InlineData("costMicrocents", "null | 1", "2 | 1", "4 | 1")]
    [InlineData("inputTokens", "10 | 2", "null | 1")]
    [InlineData("durationMs", "30 | 1", "1500 | 2")]
    [InlineData("toolName,type", "Bash | ai.tool | 1", "null | ai.generation | 2")]
    [InlineData("traceId", "null | 3")]
    [InlineData("metadata.flag", "true | 1", "null | 2")]
    [InlineData("metadata.number", "1.5 | 1", "null | 2")]
    public async Task AggregateAsync_ByAnyField_HasARowAValue(string groupBy, params string[] expected)
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            A.Generation(system, "a", costNanodollars: 2500),
            A.Generation(system, "b", costNanodollars: 3500),
            A.Tool(system, "toolu_1", with: static m => m.Metadata = """{"flag":true,"number":1.5}"""),
        ]);

        (await RunAsync(system, $"groupBy={groupBy}&metric=count()")).ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public async Task AggregateAsync_BySystemAndToken_ShowsTheirIds()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([A.Generation(system, "a")]);

        (await RunAsync(system, "groupBy=systemId,tokenId&metric=count()")).ShouldBe([$"{system.Id} | null | 1"]);
    }

    [Fact]
    public async Task AggregateAsync_Percentiles_AreByNearestRank()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            .. Enumerable.Range(1, 20).Select(i => A.Generation(system, $"req_{i}", with: message => message.DurationMs = i)),
            A.Generation(system, "none", with: static m => m.DurationMs = null),
            A.Generation(system, "one", with: static m => (m.Model, m.DurationMs) = ("opus", 7)),
        ]);

        (await RunAsync(system, "groupBy=model&metric=p50(durationMs),p95(durationMs),p99(durationMs),p50(inputTokens),min(durationMs),avg(durationMs)&order=model asc"))
            .ShouldBe(["claude-sonnet-5-5 | 10 | 19 | 20 | 10 | 1 | 10.5", "opus | 7 | 7 | 7 | 10 | 7 | 7"]);
    }

    [Fact]
    public async Task AggregateAsync_SumPastTheBoundsOfANumber_IsExact()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([.. Enumerable.Range(0, 3).Select(i => A.Generation(system, $"req_{i}", with: static m => m.InputTokens = long.MaxValue))]);

        (await RunAsync(system, "metric=sum(inputTokens)&groupBy=model&order=sum(inputTokens) desc")).ShouldBe(["claude-sonnet-5-5 | 27670116110564327421"]);
    }

    [Fact]
    public async Task AggregateAsync_Repeats_CountOnlyWhenAskedFor()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([A.Generation(system, "a"), A.Message(system, with: static m => m.Type = MessageType.Repeat)]);

        (await RunAsync(system, "metric=count()")).ShouldBe(["1"]);
        (await RunAsync(system, "metric=count()&type=ai.repeat")).ShouldBe(["1"]);
        (await RunAsync(system, "metric=count()&type=ai.repeat&type=ai.generation")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task AggregateAsync_MoreGroupsThanTaken_SaysThatItIsCut()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            .. Enumerable.Range(0, 5).Select(i => A.Generation(system, $"req_{i}", costNanodollars: i * 1_000_000, with: message => message.Model = $"model-{i}")),
        ]);

        var result = await engine.Get<IMessageStore>().AggregateAsync(
            Query.Aggregate(system, "groupBy=model&metric=sum(costMicrocents)&take=2&from=2026-05-01&to=2026-05-01&tz=Asia/Kolkata"), CancellationToken.None);

        result.Lines().ShouldBe(["model-4 | 4000", "model-3 | 3000"]);
        (result.Truncated, result.TimeZone).ShouldBe((true, "Asia/Kolkata"));
        (result.From, result.To).ShouldBe((A.Noon.Date.AddHours(-5.5), A.Noon.Date.AddHours(18.5)));
        result.GroupBy.Concat(result.Metrics).ShouldBe(["model", "sum(costMicrocents)"]);
    }

    // Berlin puts its clocks back on 2026-10-25 at 1:00 UTC, Lord Howe forward by half an hour on 2026-10-03 at 15:30 UTC and back on 2026-04-04 at 15:00 UTC.
    [Theory]
    [InlineData("Europe/Berlin", "hour", "2026-10-24T23:59:59Z 2026-10-25T00:00:00Z 2026-10-25T00:59:59Z 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z",
        "2026-10-25T01:00:00+02:00 | 1", "2026-10-25T02:00:00+02:00 | 2", "2026-10-25T02:00:00+01:00 | 1", "2026-10-25T03:00:00+01:00 | 1")]
    [InlineData("Europe/Berlin", "day", "2026-10-24T21:59:59Z 2026-10-24T22:00:00Z 2026-10-25T22:59:59Z 2026-10-25T23:00:00Z",
        "2026-10-24 | 1", "2026-10-25 | 2", "2026-10-26 | 1")]
    [InlineData("Europe/Berlin", "week", "2026-10-25T22:59:59Z 2026-10-25T23:00:00Z", "2026-10-19 | 1", "2026-10-26 | 1")]
    [InlineData("Asia/Kolkata", "hour", "2026-05-01T18:29:59Z 2026-05-01T18:30:00Z", "2026-05-01T23:00:00+05:30 | 1", "2026-05-02T00:00:00+05:30 | 1")]
    [InlineData("Asia/Kolkata", "month", "2026-04-30T18:29:59Z 2026-04-30T18:30:00Z 2026-12-31T18:30:00Z 2028-02-29T12:00:00Z",
        "2026-04 | 1", "2026-05 | 1", "2027-01 | 1", "2028-02 | 1")]
    [InlineData("Australia/Lord_Howe", "hour", "2026-04-04T14:15:00Z 2026-04-04T14:45:00Z 2026-04-04T15:15:00Z 2026-04-04T15:45:00Z",
        "2026-04-05T01:00:00+11:00 | 2", "2026-04-05T01:00:00+10:30 | 1", "2026-04-05T02:00:00+10:30 | 1")]
    [InlineData("Australia/Lord_Howe", "day", "2026-10-03T13:29:59Z 2026-10-03T13:30:00Z 2026-10-04T12:59:59Z 2026-10-04T13:00:00Z",
        "2026-10-03 | 1", "2026-10-04 | 2", "2026-10-05 | 1")]
    [InlineData("America/New_York", "week", "2026-01-04T12:00:00Z 2026-01-05T04:59:59Z 2026-01-05T05:00:00Z", "2025-12-29 | 2", "2026-01-05 | 1")]
    public async Task AggregateAsync_ByTime_IsOfTheZoneExactly(string zone, string bucket, string times, params string[] expected)
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            .. times.Split(' ').Select(static time => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).UtcDateTime)
                .Select(time => A.Message(system, with: message => message.OccurredAt = time)),
        ]);

        (await RunAsync(system, $"groupBy={bucket}&metric=count()&tz={zone}")).ShouldBe(expected);
        // Bounds leave out the changes before and after them; ranks are made within the pieces.
        (await RunAsync(system, $"groupBy={bucket}&metric=count(),p50(durationMs)&tz={zone}&from=2026-01-01&to=2028-12-31"))
            .ShouldBe(expected.Select(static line => $"{line} | null"));
    }

    [Fact]
    public async Task AggregateAsync_ByMonth_KnowsEveryMonthPastTheYear2100()
    {
        var system = await engine.CreateSystemAsync();
        var months = Enumerable.Range(0, 900).Select(static month => new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(month)).ToList();
        await AppendAsync([.. months.SelectMany(static start => new[] { start, start.AddMonths(1).AddMicroseconds(-1) })
            .Select(time => A.Message(system, with: message => message.OccurredAt = time))]);

        (await RunAsync(system, "groupBy=month&metric=count()")).ShouldBe(months.Select(static start => $"{start:yyyy-MM} | 2"));
    }

    [Fact]
    public async Task AggregateAsync_WeeksAndModels_AreOrderedByTimeThenByMetric()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            A.Generation(system, "a", minute: 0, costNanodollars: 1000),
            A.Generation(system, "b", minute: 0, costNanodollars: 2000, with: static m => m.Model = "opus"),
            A.Generation(system, "c", minute: 60 * 24 * 7, costNanodollars: 3000),
        ]);

        (await RunAsync(system, "groupBy=model,week&metric=sum(costMicrocents)"))
            .ShouldBe(["opus | 2026-04-27 | 2", "claude-sonnet-5-5 | 2026-04-27 | 1", "claude-sonnet-5-5 | 2026-05-04 | 3"]);
    }

    private async Task<string[]> RunAsync(MonitoredSystem system, string query) =>
        (await engine.Get<IMessageStore>().AggregateAsync(Query.Aggregate(system, query), CancellationToken.None)).Lines();

    private Task<TelemetryAppended> AppendAsync(IReadOnlyList<Message> messages) =>
        engine.Get<ITelemetryStore>().AppendAsync([A.Batch(messages)], CancellationToken.None);
}

public sealed class SqliteMessageAggregateTests(SqliteFixture engine) : MessageAggregateTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresMessageAggregateTests(PostgresFixture engine) : MessageAggregateTests(engine), IClassFixture<PostgresFixture>;
