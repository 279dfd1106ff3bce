using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Metrics;

public abstract class MetricStoreTests(EngineFixture engine)
{
    private const string Lines = "claude_code.lines_of_code.count";

    [Fact]
    public async Task AggregateAsync_DeltaPoints_AddsThemUp()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(Point(system, 0, 12, "added"), Point(system, 1, 3, "added"), Point(system, 1, 4, "removed"));

        (await RunAsync(system, $"name={Lines}&groupBy=metadata.type&metric=sum(value),count(),max(value)"))
            .ShouldBe(["added | 15 | 2 | 12", "removed | 4 | 1 | 4"]);
        (await RunAsync(system, $"name={Lines}&metadata.type=removed&groupBy=userName,unit&metric=avg(value)")).ShouldBe(["alice | {line} | 4"]);
        (await RunAsync(system, $"name={Lines}&groupBy=day&metric=sum(value)&tz=Asia/Kolkata&to=2026-05-01")).ShouldBe(["2026-05-01 | 19"]);
        (await RunAsync(system, "name=other&metric=sum(value)")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task AggregateAsync_CumulativePoints_CountByTheirIncrease()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
            Point(system, 0, 10, "added", MetricTemporality.Cumulative),
            Point(system, 1, 25, "added", MetricTemporality.Cumulative),
            Point(system, 2, 30, "added", MetricTemporality.Cumulative));

        (await RunAsync(system, $"name={Lines}&metric=sum(value)")).ShouldBe(["30"]);
    }

    [Fact]
    public async Task AggregateAsync_CumulativeObservations_CountByTheirIncreaseInAnyOrder()
    {
        var system = await engine.CreateSystemAsync();
        // The second sum falls, since what was observed was negative; the fourth is of a process that began anew within the same start time.
        (double Sum, long Count)[] told = [(10, 2), (7, 3), (9, 5), (4, 1)];
        var points = told.Select((one, i) => Point(system, i, one.Sum, "added", MetricTemporality.Cumulative, one.Count)).ToList();

        await AppendAsync(points[3], points[1]);
        await AppendAsync(points[0]);
        await AppendAsync(points[2], points[0]);

        (await RunAsync(system, $"name={Lines}&metric=sum(value),sum(observations),max(observations)")).ShouldBe(["13 | 6 | 2"]);
    }

    [Fact]
    public async Task AggregateAsync_DeltaObservations_AddsThemUp()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(Point(system, 0, 12, "added", count: 3), Point(system, 1, 3, "added", count: 4), Point(system, 1, 5, "removed"));

        (await RunAsync(system, $"name={Lines}&groupBy=metadata.type&metric=sum(value),sum(observations)")).ShouldBe(["added | 15 | 7", "removed | 5 | 0"]);
    }

    [Theory]
    [InlineData("metric=sum(value)", "name")]
    [InlineData("name=x&metric=sum(increment)", "metric")]
    [InlineData("name=x&metric=sum(value)&groupBy=value", "groupBy")]
    [InlineData("name=x&metric=sum(value)&q=x", "q")]
    public void TryParse_WhatCantBe_IsNamed(string text, string parameter)
    {
        MetricAggregate.TryParse(Query.Parameters(text), Query.Scope(), out _, out var error).ShouldBeFalse();

        error.Parameter.ShouldBe(parameter);
    }

    private static MetricPoint Point(
        MonitoredSystem system, int minute, double value, string type, MetricTemporality temporality = MetricTemporality.Delta, long? count = null) => new()
        {
            SystemKey = system.Key,
            SeriesKey = MessageKeys.Session(system.Key, MessageKeys.SessionSource.Content, type),
            TokenKey = 1,
            Name = Lines,
            Unit = "{line}",
            Kind = count is null ? MetricKind.Sum : MetricKind.Histogram,
            Temporality = temporality,
            StartedAt = temporality == MetricTemporality.Delta ? A.Noon.AddMinutes(minute - 1) : A.Noon.AddMinutes(-1),
            OccurredAt = A.Noon.AddMinutes(minute),
            ReceivedAt = A.Noon.AddMinutes(minute),
            Value = value,
            Count = count,
            UserName = "alice",
            Attributes = AttributeSet.Empty,
            Metadata = $$"""{"type":"{{type}}"}""",
        };

    private async Task<string[]> RunAsync(MonitoredSystem system, string query) =>
        (await engine.Get<IMetricStore>().AggregateAsync(Query.Metrics(system, query), CancellationToken.None)).Lines();

    private Task<TelemetryAppended> AppendAsync(params MetricPoint[] points) =>
        engine.Get<ITelemetryStore>().AppendAsync([new TelemetryBatch(1, [], points)], CancellationToken.None);
}

public sealed class SqliteMetricStoreTests(SqliteFixture engine) : MetricStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresMetricStoreTests(PostgresFixture engine) : MetricStoreTests(engine), IClassFixture<PostgresFixture>;
