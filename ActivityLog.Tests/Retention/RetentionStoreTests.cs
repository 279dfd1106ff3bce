using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Retention;

public abstract class RetentionStoreTests(EngineFixture engine)
{
    private readonly IRetentionStore _store = engine.Get<IRetentionStore>();

    [Fact]
    public async Task ListAsync_DueAndDeleted_AreToldBySystem()
    {
        var now = engine.Clock.GetUtcNow().UtcDateTime;
        var (one, other) = (await engine.CreateSystemAsync(), await engine.CreateSystemAsync());
        await AppendAsync(Expires(one, now), Expires(one, now.AddMinutes(-1)), Expires(one, now.AddMinutes(1)), Expires(one, now.AddDays(2)), Expires(one, null));
        await AppendAsync([], [Point(one, now.AddHours(-1)), Point(one, now.AddSeconds(30))]);

        (await ReadAsync(one)).ShouldBe(new(one.Key, new(2, 1), now.AddSeconds(30), default, default));
        (await ReadAsync(other)).ShouldBe(new(other.Key, default, null, default, default));

        await engine.Get<RetentionSweeper>().RunAsync(CancellationToken.None);
        (await ReadAsync(one)).ShouldBe(new(one.Key, default, now.AddSeconds(30), new(2, 1), new(2, 1)));

        engine.Clock.Advance(TimeSpan.FromHours(25));
        await engine.Get<RetentionSweeper>().RunAsync(CancellationToken.None);
        (await ReadAsync(one)).ShouldBe(new(one.Key, default, now.AddDays(2), new(1, 1), new(3, 2)));
        (await ReadAsync(other)).ShouldBe(new(other.Key, default, null, default, default));
    }

    [Fact]
    public async Task ListAsync_ManyDue_AreCountedUpToABound()
    {
        var system = await engine.CreateSystemAsync();
        var expired = engine.Clock.GetUtcNow().UtcDateTime;
        await AppendAsync([.. Enumerable.Range(0, IRetentionStore.MaxCounted + 10).Select(_ => Expires(system, expired))]);

        var due = (await ReadAsync(system)).Due;

        (due.Messages, due.AreMore).ShouldBe((IRetentionStore.MaxCounted, true));
    }

    [Fact]
    public async Task FindRunAsync_AfterARun_TellsWhenItEnded()
    {
        await engine.Get<RetentionSweeper>().RunAsync(CancellationToken.None);

        var run = (await _store.FindRunAsync(CancellationToken.None))!;

        (run.EndedAt, run.Error).ShouldBe((engine.Clock.GetUtcNow().UtcDateTime, null));
        run.StateAt(run.StartedAt).ShouldBe(RetentionState.Done);
    }

    [Fact]
    public void StateAt_RunThatFellSilent_WasInterrupted()
    {
        var run = new RetentionRun { Node = "a", StartedAt = A.Noon, ActiveAt = A.Noon.AddMinutes(10) };

        run.StateAt(A.Noon.AddMinutes(10).AddSeconds(30)).ShouldBe(RetentionState.Working);
        run.StateAt(A.Noon.AddMinutes(12)).ShouldBe(RetentionState.Interrupted);
        run.Error = "disk full";
        run.StateAt(A.Noon.AddMinutes(12)).ShouldBe(RetentionState.Failed);
    }

    private async Task<SystemRetention> ReadAsync(MonitoredSystem system) => (await _store.ListAsync([system.Key], CancellationToken.None)).Single();

    private static Message Expires(MonitoredSystem system, DateTime? at) => A.Message(system, with: message => message.ExpiresAt = at);

    private static MetricPoint Point(MonitoredSystem system, DateTime expiresAt)
    {
        var point = A.Point(system, value: expiresAt.Ticks);
        return new()
        {
            SystemKey = point.SystemKey,
            SeriesKey = point.SeriesKey,
            TokenKey = point.TokenKey,
            Name = point.Name,
            Unit = point.Unit,
            Kind = point.Kind,
            Temporality = point.Temporality,
            StartedAt = point.StartedAt,
            OccurredAt = point.OccurredAt,
            ReceivedAt = point.ReceivedAt,
            ExpiresAt = expiresAt,
            Value = point.Value,
            Attributes = point.Attributes,
            Metadata = point.Metadata,
        };
    }

    private Task AppendAsync(params Message[] messages) => AppendAsync(messages, []);

    private async Task AppendAsync(Message[] messages, MetricPoint[] points) =>
        await engine.Get<ITelemetryStore>().AppendAsync([new(1, messages, points)], CancellationToken.None);
}

public sealed class SqliteRetentionStoreTests(SqliteFixture engine) : RetentionStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresRetentionStoreTests(PostgresFixture engine) : RetentionStoreTests(engine), IClassFixture<PostgresFixture>;
