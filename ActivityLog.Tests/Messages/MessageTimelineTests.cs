using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Messages;

public abstract class MessageTimelineTests(EngineFixture engine)
{
    [Fact]
    public async Task RunAsync_DaysAndModels_HaveARowEachZerosIncluded()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            A.Generation(system, "a", costNanodollars: 5_000_000),
            A.Generation(system, "b", minute: 2 * 24 * 60, costNanodollars: 2_000_000),
            A.Generation(system, "c", minute: 1, costNanodollars: 9_000_000, with: static m => m.Model = "opus"),
        ]);

        var lines = await RunAsync(system, "interval=day&groupBy=model&metric=sum(costMicrocents),count(),avg(costMicrocents)&from=2026-04-30&to=2026-05-03");

        lines.ShouldBe(
        [
            "2026-04-30 | opus | 0 | 0 | null", "2026-04-30 | claude-sonnet-5-5 | 0 | 0 | null",
            "2026-05-01 | opus | 9000 | 1 | 9000", "2026-05-01 | claude-sonnet-5-5 | 5000 | 1 | 5000",
            "2026-05-02 | opus | 0 | 0 | null", "2026-05-02 | claude-sonnet-5-5 | 0 | 0 | null",
            "2026-05-03 | opus | 0 | 0 | null", "2026-05-03 | claude-sonnet-5-5 | 2000 | 1 | 2000",
        ]);
    }

    [Fact]
    public async Task RunAsync_WithoutBounds_GoesFromTheFirstMessageToNow()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([A.Generation(system, "a"), A.Generation(system, "b", minute: 60)]);

        // The stores' clock is a day later.
        (await RunAsync(system, "interval=day&metric=count()")).ShouldBe(["2026-05-01 | 2", "2026-05-02 | 0"]);
        (await RunAsync(system, "interval=day&metric=count()&from=2026-05-02T00:00:00Z")).ShouldBe(["2026-05-02 | 0"]);
    }

    [Fact]
    public async Task RunAsync_NothingThere_HasNoBoundsOfItsOwn()
    {
        var system = await engine.CreateSystemAsync();

        (await RunAsync(system, "interval=month&metric=count(),max(durationMs)&from=2026-03-05&to=2026-05-01")).ShouldBe(["2026-03 | 0 | null", "2026-04 | 0 | null", "2026-05 | 0 | null"]);
        (await RunAsync(system, "interval=month&metric=count()")).ShouldBeEmpty();
        (await RunAsync(system, "interval=month&metric=count()&groupBy=model&from=2026-03-05&to=2026-05-01")).ShouldBeEmpty();
    }

    [Theory]
    // The hour that comes twice in autumn is two, the one that is skipped in spring none.
    [InlineData("Europe/Berlin", "2026-10-25", 25, "2026-10-25T00:00:00+02:00", "2026-10-25T23:00:00+01:00")]
    [InlineData("Europe/Berlin", "2026-03-29", 23, "2026-03-29T00:00:00+01:00", "2026-03-29T23:00:00+02:00")]
    [InlineData("Asia/Kolkata", "2026-05-01", 24, "2026-05-01T00:00:00+05:30", "2026-05-01T23:00:00+05:30")]
    // Half an hour back in the middle of one.
    [InlineData("Australia/Lord_Howe", "2026-04-05", 25, "2026-04-05T00:00:00+11:00", "2026-04-05T23:00:00+10:30")]
    public async Task RunAsync_Hours_AreThoseOfTheZone(string zone, string day, int hours, string first, string last)
    {
        var system = await engine.CreateSystemAsync();
        var start = TimeZoneInfo.ConvertTimeToUtc(DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));
        await AppendAsync([.. Enumerable.Range(0, 26).Select(i => A.Message(system, with: m => m.OccurredAt = start.AddMinutes(60 * i + 1)))]);

        var text = $"from={day}&to={day}&tz={zone}&metric=count()";
        var lines = await RunAsync(system, $"interval=hour&{text}");
        var aggregate = (await engine.Get<IMessageStore>().AggregateAsync(Query.Aggregate(system, $"groupBy=hour&{text}"), CancellationToken.None)).Lines();

        lines.Length.ShouldBe(hours);
        lines[0].ShouldStartWith(first);
        lines[^1].ShouldStartWith(last);
        aggregate.ShouldBeSubsetOf(lines);
        lines.Except(aggregate).ShouldAllBe(static line => line.EndsWith("| 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("interval=hour&metric=count()&from=1971-01-01&to=2026-05-01")]
    [InlineData("interval=day&metric=count()&groupBy=toolUseId&from=1990-01-01&to=2026-05-01")]
    public async Task RunAsync_MoreRowsThanCanBe_IsAnErrorThatSaysWhatHelps(string text)
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([.. Enumerable.Range(0, 5).Select(i => A.Tool(system, $"toolu_{i}"))]);

        var (result, error) = await engine.Get<MessageTimelines>().RunAsync(Parse(system, text), CancellationToken.None);

        result.ShouldBeNull();
        error!.Parameter.ShouldBe("interval");
        error.Message.ShouldContain("narrow from and to");
    }

    [Theory]
    [InlineData("metric=count()", "interval")]
    [InlineData("interval=year&metric=count()", "interval")]
    [InlineData("interval=day", "metric")]
    [InlineData("interval=day&metric=count()&groupBy=hour", "groupBy")]
    [InlineData("interval=day&metric=count()&groupBy=model,userName,type", "groupBy")]
    [InlineData("interval=day&metric=count()&take=5", "take")]
    public void TryParse_WhatCannotBe_NamesTheParameter(string text, string parameter)
    {
        MessageTimeline.TryParse(Query.Parameters(text), Query.Scope(), out _, out var error).ShouldBeFalse();
        error!.Parameter.ShouldBe(parameter);
    }

    private async Task<string[]> RunAsync(MonitoredSystem system, string text)
    {
        var (result, error) = await engine.Get<MessageTimelines>().RunAsync(Parse(system, text), CancellationToken.None);
        error.ShouldBeNull();
        return result!.Lines();
    }

    private static MessageTimeline Parse(MonitoredSystem system, string text) =>
        MessageTimeline.TryParse(Query.Parameters(text), Query.Scope(system), out var query, out var error) ? query : throw new ArgumentException(error.Message, nameof(text));

    private Task<TelemetryAppended> AppendAsync(IReadOnlyList<Message> messages) => engine.Get<ITelemetryStore>().AppendAsync([A.Batch(messages)], CancellationToken.None);
}

public sealed class SqliteMessageTimelineTests(SqliteFixture engine) : MessageTimelineTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresMessageTimelineTests(PostgresFixture engine) : MessageTimelineTests(engine), IClassFixture<PostgresFixture>;
