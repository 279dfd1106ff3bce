using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Retention;

public abstract class RetentionSweeperTests(EngineFixture engine) : IAsyncLifetime
{
    private const int Days = 7;

    private readonly RetentionSweeper _sweeper = engine.Get<RetentionSweeper>();

    // The clock of a class goes on from test to test; each begins at a noon of its own.
    private DateTime _noon;

    public Task InitializeAsync()
    {
        engine.Clock.Advance(TimeSpan.FromDays(3650));
        _noon = engine.Clock.GetUtcNow().UtcDateTime;
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task RunAsync_RowsOfSeveralRetentions_DeletesThoseThatExpired()
    {
        var system = await engine.CreateSystemAsync();
        var other = await engine.CreateSystemAsync();
        await AppendAsync(Message(system, "week", Days), Message(system, "month", 30), Message(system, "ever", RetentionPeriod.Forever), Message(other, "other", 30));

        engine.Clock.Advance(TimeSpan.FromDays(Days) - TimeSpan.FromSeconds(1));
        await RunAsync();
        (await BodiesAsync(system)).ShouldBe(["week", "month", "ever"]);

        engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync();
        (await BodiesAsync(system)).ShouldBe(["month", "ever"]);

        engine.Clock.Advance(TimeSpan.FromDays(20_000));
        await RunAsync();
        (await BodiesAsync(system)).ShouldBe(["ever"]);
        (await BodiesAsync(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_MoreThanAStep_DeletesAllAndCountsThem()
    {
        var system = await engine.CreateSystemAsync();
        for (var batch = 0; batch < 3; batch++)
        {
            await AppendAsync([.. Enumerable.Range(0, 700).Select(i => Message(system, $"{i}", Days))]);
        }

        engine.Clock.Advance(TimeSpan.FromDays(Days));
        await RunAsync();

        (await BodiesAsync(system)).ShouldBeEmpty();
        var counts = await ReadAsync(context => context.RetentionCounts.Where(c => c.SystemKey == system.Key).OrderBy(static c => c.Hour).ToListAsync());
        counts.Select(static c => (c.Hour, c.Messages)).ShouldBe([(RetentionCount.AllTime, 2100), (RetentionCount.HourOf(engine.Clock.GetUtcNow().UtcDateTime), 2100)]);
    }

    [Fact]
    public async Task RunAsync_InterruptedRun_IsGoneOnWith()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([.. Enumerable.Range(0, 1200).Select(i => Message(system, $"{i}", Days))]);
        engine.Clock.Advance(TimeSpan.FromDays(Days));
        var step = await engine.Get<RetentionSteps>().DeleteMessagesAsync(new(system.Key, 0, engine.Clock.GetUtcNow().UtcDateTime, 500), CancellationToken.None);

        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => _sweeper.RunAsync(stop.Token));
        (step.Rows, (await BodiesAsync(system)).Count).ShouldBe((500, 700));

        await RunAsync();
        (await BodiesAsync(system)).ShouldBeEmpty();
        (await ReadAsync(context => context.RetentionCounts.SingleAsync(c => c.SystemKey == system.Key && c.Hour == RetentionCount.AllTime))).Messages.ShouldBe(1200);
        (await ReadAsync(static context => context.RetentionRuns.SingleAsync())).EndedAt.ShouldBe(engine.Clock.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task RunAsync_DatabaseGoesAway_IsNotedAndGoneOnWith()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([.. Enumerable.Range(0, 1200).Select(i => Message(system, $"{i}", Days))]);
        engine.Clock.Advance(TimeSpan.FromDays(Days));
        var writes = new FailingWrites(engine.Get<IBackgroundWrites>());
        var sweeper = ActivatorUtilities.CreateInstance<RetentionSweeper>(engine.Get<IServiceProvider>(), new RetentionSteps(writes, engine.Get<ISummaryWriter>(), engine.Clock));

        await Should.ThrowAsync<StoreUnavailableException>(() => sweeper.RunAsync(CancellationToken.None));
        var run = await ReadAsync(static context => context.RetentionRuns.SingleAsync());
        (run.EndedAt is not null, run.Error).ShouldBe((true, FailingWrites.Reason));

        await RunAsync();
        (await BodiesAsync(system)).ShouldBeEmpty();
        (await ReadAsync(static context => context.RetentionRuns.SingleAsync())).Error.ShouldBeNull();
    }

    [Fact]
    public async Task RunAsync_MergedRow_KeepsTheLaterExpiry()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(A.Generation(system, "req_1", with: m => Received(m, Days)));
        await AppendAsync(A.GenerationSpan(system, "req_1", with: m => Received(m, 30)));
        await AppendAsync(A.Generation(system, "req_2", with: m => Received(m, 30)));
        await AppendAsync(A.GenerationSpan(system, "req_2", with: m => Received(m, Days)));

        engine.Clock.Advance(TimeSpan.FromDays(Days));
        await RunAsync();
        (await engine.ReadRowsAsync(system)).Count.ShouldBe(2);

        engine.Clock.Advance(TimeSpan.FromDays(30));
        await RunAsync();
        (await engine.ReadRowsAsync(system)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_WhatRowsShare_GoesAfterThemAndComesBackWithNewOnes()
    {
        var system = await engine.CreateSystemAsync();
        Message[] Messages() =>
        [
            A.Generation(system, "req_1", with: m =>
            {
                Received(m, Days);
                m.Attributes = AttributeSet.Create("""{"user.name":"alice"}""");
            }),
        ];
        MetricPoint[] Points() => [Point(system, 0, 5)];
        await AppendAsync(Messages(), Points());

        engine.Clock.Advance(TimeSpan.FromDays(Days));
        await RunAsync();
        (await CountSharedAsync(system)).ShouldBe((1, 1, 2));

        // Told again when all is known to this node and about to go: it must be there for as long as the new rows are.
        engine.Clock.Advance(TimeSpan.FromDays(38));
        await AppendAsync(Messages(), Points());
        engine.Clock.Advance(TimeSpan.FromDays(1.5));
        await RunAsync();
        (await CountSharedAsync(system)).ShouldBe((1, 1, 2));

        engine.Clock.Advance(TimeSpan.FromDays(60));
        await RunAsync();
        (await CountSharedAsync(system)).ShouldBe((0, 0, 0));

        await AppendAsync(Messages(), Points());
        (await CountSharedAsync(system)).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task RunAsync_CumulativeSeries_KeepsTheIncreaseOfThePointsThatStay()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([], [Point(system, 0, 5), Point(system, 1, 8)]);
        engine.Clock.Advance(TimeSpan.FromDays(1));
        await AppendAsync([], [Point(system, 1440, 10)]);
        (await SumAsync(system)).ShouldBe(10);

        engine.Clock.Advance(TimeSpan.FromDays(Days - 1));
        await RunAsync();
        (await SumAsync(system)).ShouldBe(2);

        // A late one between the base and what is kept: together they still are the increase since the base.
        await AppendAsync([], [Point(system, 700, 9)]);
        (await SumAsync(system)).ShouldBe(2);

        // All have expired, and the sender goes on: only what is new counts.
        engine.Clock.Advance(TimeSpan.FromDays(Days));
        await RunAsync();
        (await SumAsync(system)).ShouldBe(0);
        await AppendAsync([], [Point(system, 30_000, 14)]);
        (await SumAsync(system)).ShouldBe(4);

        engine.Clock.Advance(TimeSpan.FromDays(Days));
        await RunAsync();
        engine.Clock.Advance(SharedExpiry.BaseKept);
        await RunAsync();
        (await ReadAsync(context => context.MetricPoints.CountAsync(p => p.SystemKey == system.Key))).ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_CumulativeSeriesOfTwoProcessesAtOnce_KeepsTheIncreaseOfEach()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([], [Point(system, 2, 5), Point(system, 3, 3, start: 1)]);
        engine.Clock.Advance(TimeSpan.FromDays(1));
        await AppendAsync([], [Point(system, 1440, 9), Point(system, 1441, 6, start: 1)]);
        (await SumAsync(system)).ShouldBe(15);

        engine.Clock.Advance(TimeSpan.FromDays(Days - 1));
        await RunAsync();
        (await SumAsync(system)).ShouldBe(7);
        await AppendAsync([], [Point(system, 700, 7), Point(system, 701, 4, start: 1)]);
        (await SumAsync(system)).ShouldBe(7);

        engine.Clock.Advance(TimeSpan.FromDays(Days));
        await RunAsync();
        (await SumAsync(system)).ShouldBe(0);
        await AppendAsync([], [Point(system, 30_000, 14), Point(system, 30_001, 7, start: 1)]);
        (await SumAsync(system)).ShouldBe(6);
    }

    [Fact]
    public async Task AppendAsync_LongExpiredWhenItIsWritten_HasItsAttributesAsLongAsItIsThere()
    {
        var system = await engine.CreateSystemAsync();
        var message = Message(system, "x", Days);
        message.Attributes = AttributeSet.Create("""{"host.name":"kept"}""");
        await AppendAsync(message);
        engine.Clock.Advance(TimeSpan.FromDays(Days) + SharedExpiry.BaseKept + TimeSpan.FromDays(30));
        await RunAsync();
        (await CountSharedAsync(system)).Sets.ShouldBe(0);

        // Kept in a spool for so long, say: this node remembers that the set was there.
        await AppendAsync(message);
        (await BodiesAsync(system)).ShouldBe(["x"]);
        (await CountSharedAsync(system)).Sets.ShouldBe(1);
    }

    [Fact]
    public async Task SweepAsync_DeletedSystem_TakesItsRowsAway()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([Message(system, "x", RetentionPeriod.Forever)], [Point(system, 0, 5)]);
        await engine.Get<ISystemStore>().DeleteAsync(system.Id, CancellationToken.None);
        engine.Clock.Advance(TimeSpan.FromMinutes(2));

        await engine.Get<DeletedSystemSweeper>().SweepAsync(CancellationToken.None);

        (await BodiesAsync(system)).ShouldBeEmpty();
        (await CountSharedAsync(system)).ShouldBe((0, 0, 0));
        (await ReadAsync(context => context.Systems.AnyAsync(s => s.Key == system.Key))).ShouldBeFalse();
    }

    private Task<long> RunAsync() => _sweeper.RunAsync(CancellationToken.None);

    private Message Message(MonitoredSystem system, string body, int days) => A.Message(system, with: message =>
    {
        Received(message, days);
        message.Body = body;
        message.OccurredAt = A.Noon.AddMinutes(days == RetentionPeriod.Forever ? 100_000 : days);
    });

    private void Received(Message message, int days)
    {
        message.ReceivedAt = engine.Clock.GetUtcNow().UtcDateTime;
        message.ExpiresAt = RetentionPeriod.ExpiresAt(message.ReceivedAt, days);
    }

    // Points of the minutes after this test's noon, of one cumulative series.
    private MetricPoint Point(MonitoredSystem system, int minute, double value, int start = 0) => new()
    {
        SystemKey = system.Key,
        SeriesKey = 1,
        TokenKey = 1,
        Name = "requests",
        Unit = "1",
        Kind = MetricKind.Sum,
        Temporality = MetricTemporality.Cumulative,
        IsMonotonic = true,
        StartedAt = _noon.AddMinutes(start),
        OccurredAt = _noon.AddMinutes(minute),
        ReceivedAt = engine.Clock.GetUtcNow().UtcDateTime,
        ExpiresAt = engine.Clock.GetUtcNow().UtcDateTime.AddDays(Days),
        Value = value,
        Attributes = AttributeSet.Create("""{"service.name":"api"}"""),
        Metadata = "{}",
    };

    private Task AppendAsync(params Message[] messages) => AppendAsync(messages, []);

    private async Task AppendAsync(Message[] messages, MetricPoint[] points) =>
        await engine.Get<ITelemetryStore>().AppendAsync([new(1, messages, points)], CancellationToken.None);

    private async Task<List<string?>> BodiesAsync(MonitoredSystem system) => [.. (await engine.ReadRowsAsync(system)).Select(static row => row.Body)];

    private async Task<double> SumAsync(MonitoredSystem system)
    {
        var result = await engine.Get<IMetricStore>().AggregateAsync(Query.Metrics(system, "name=requests&metric=sum(value)"), CancellationToken.None);
        return Convert.ToDouble(result.Rows.Single().Values.Single() ?? 0, System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<(int Sessions, int Series, int Sets)> CountSharedAsync(MonitoredSystem system) => (
        await ReadAsync(context => context.Sessions.CountAsync(s => s.SystemKey == system.Key)),
        await ReadAsync(context => context.MetricSeries.CountAsync(s => s.SystemKey == system.Key)),
        await ReadAsync(context => context.AttributeSets.CountAsync(s => s.SystemKey == system.Key)));

    private async Task<T> ReadAsync<T>(Func<ActivityLogDbContext, Task<T>> read)
    {
        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        return await read(context);
    }
}

public sealed class SqliteRetentionSweeperTests(SqliteFixture engine) : RetentionSweeperTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresRetentionSweeperTests(PostgresFixture engine) : RetentionSweeperTests(engine), IClassFixture<PostgresFixture>;
