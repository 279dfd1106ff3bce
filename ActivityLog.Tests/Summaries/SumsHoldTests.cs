using System.Data.Common;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Summaries;

/// <summary>Whatever happens, and whoever does it meanwhile: the sums equal the rows. A failure prints what happened and the seed that makes it again.</summary>
public abstract class SumsHoldTests(EngineFixture engine)
{
    [Property(Arbitrary = [typeof(Fate.Any)], MaxTest = 8)]
    public async Task Sums_AfterAnythingInAnyOrder_EqualTheRows(Fate fate)
    {
        using var other = engine.BuildNode();

        await new FateOfSums(engine, other, fate).RunAsync();
    }

    [Fact]
    public async Task Sums_WhileAllIsDoneAtOnce_EqualTheRowsInEachSnapshot()
    {
        var system = await engine.CreateSystemAsync();
        using var other = engine.BuildNode();
        var noon = engine.Clock.GetUtcNow().UtcDateTime;
        using var ended = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        Func<Task>[] all =
        [
            .. Enumerable.Range(0, 4).Select(writer => new Func<Task>(() => WriteAsync(writer % 2 == 0 ? engine.Services : other.Services, system, writer % 3, noon))),
            async () =>
            {
                engine.Clock.Advance(TimeSpan.FromDays(3));
                await engine.Get<RetentionSweeper>().RunAsync(default);
            },
            () => engine.Get<SumCompactor>().RunAsync(null, 1, default),
            () => other.Services.GetRequiredService<SumCompactor>().RunAsync(null, 1, default),
            () => engine.Get<SummaryBuild>().RunAsync(all: true, static _ => Task.CompletedTask, default),
            () => other.Services.GetRequiredService<SummaryBuild>().RunAsync(all: true, static _ => Task.CompletedTask, default),
        ];
        var working = all.Select(work => Task.Run(() => RepeatAsync(work, ended.Token))).ToList();

        var (checks, difference) = (0, (string?)null);
        for (; !ended.IsCancellationRequested && difference is null; checks++)
        {
            difference = await SumsCheck.FindDifferenceAsync(engine.Services, system.Key);
        }

        await ended.CancelAsync();
        var allEnded = Task.WhenAll(working);
        while (!allEnded.IsCompleted)
        {
            // Who pauses between two steps does so by this clock, which only the retention's turns advanced so far.
            engine.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(allEnded, Task.Delay(TimeSpan.FromMilliseconds(20)));
        }

        await allEnded;
        difference.ShouldBeNull();
        checks.ShouldBeGreaterThan(1);
        await SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);
    }

    [Fact]
    public async Task SummaryBuild_SumsThatAreWrong_AreRight()
    {
        var system = await engine.CreateSystemAsync();
        var noon = engine.Clock.GetUtcNow().UtcDateTime;
        for (var seed = 0; seed < 20; seed++)
        {
            await engine.Get<ITelemetryStore>().AppendAsync([ArbitraryTelemetry.Batch(system, seed, noon)], default);
        }

        await using (var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync())
        {
            await context.Set<CountSumRow>().Where(s => s.SystemKey == system.Key && s.Grain == SummaryGrain.Quarter).ExecuteDeleteAsync();
            await context.Set<SpendSumRow>().Where(s => s.SystemKey == system.Key).ExecuteUpdateAsync(static set => set.SetProperty(static s => s.At, static s => s.At + 1));
            await context.Set<MetricSumRow>().Where(s => s.SystemKey == system.Key).ExecuteUpdateAsync(static set => set.SetProperty(static s => s.Whole, static s => s.Whole + 7));
            await context.Sessions.Where(s => s.SystemKey == system.Key).ExecuteUpdateAsync(static set => set.SetProperty(static s => s.FirstAt, 0));
        }

        (await SumsCheck.FindDifferenceAsync(engine.Services, system.Key)).ShouldNotBeNull();
        (await BuildAsync() > 0).ShouldBeTrue();

        await SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);
        (await BuildAsync()).ShouldBe(0, "of what is right nothing is corrected");
    }

    [Fact]
    public async Task SumCompactor_ManyDeltas_LeavesARowAGroup()
    {
        var system = await engine.CreateSystemAsync();
        for (var i = 0; i < 30; i++)
        {
            await engine.Get<ITelemetryStore>().AppendAsync([A.Batch(A.Generation(system, $"req_{i}", minute: i % 2, with: m => m.DurationMs = i))], default);
        }

        await engine.Get<SumCompactor>().RunAsync(null, 1, default);

        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        (await context.Set<SpendSumRow>().CountAsync(s => s.SystemKey == system.Key)).ShouldBe(4);
        await SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);
    }

    [Fact]
    public async Task SumCompactor_StepThatFailed_IsDoneTheNextTime()
    {
        var system = await engine.CreateSystemAsync();
        await engine.Get<SumCompactor>().RunAsync(null, 1, default);
        for (var i = 0; i < 3; i++)
        {
            await engine.Get<ITelemetryStore>().AppendAsync([A.Batch(A.Generation(system, $"req_{i}"))], default);
        }

        var compaction = ActivatorUtilities.CreateInstance<SumCompaction>(engine.Services, new FirstFails(engine.Get<IBackgroundWrites>()));
        using var compactor = ActivatorUtilities.CreateInstance<SumCompactor>(engine.Services, compaction);
        await Should.ThrowAsync<TimeoutException>(() => compactor.RunAsync(null, 1, default));
        await compactor.RunAsync(null, 1, default);

        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        (await context.Set<SpendSumRow>().CountAsync(s => s.SystemKey == system.Key)).ShouldBe(4);
    }

    private Task<long?> BuildAsync() => engine.Get<SummaryBuild>().RunAsync(all: true, static _ => Task.CompletedTask, default);

    private static async Task WriteAsync(IServiceProvider node, MonitoredSystem system, int seed, DateTime noon)
    {
        var store = node.GetRequiredService<ITelemetryStore>();
        for (var i = 0; i < 20; i++)
        {
            await store.AppendAsync([ArbitraryTelemetry.Batch(system, (seed * 20) + i, noon)], default);
        }
    }

    private static async Task RepeatAsync(Func<Task> work, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (StoreUnavailableException)
            {
                // Too many at once: a sender would come again.
            }
        }
    }

    private sealed class FirstFails(IBackgroundWrites writes) : IBackgroundWrites
    {
        private bool _hasFailed;

        public Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
        {
            if (_hasFailed)
            {
                return writes.RunAsync(work, cancellationToken);
            }

            _hasFailed = true;
            throw new TimeoutException();
        }

        public string Some(string table, string condition) => writes.Some(table, condition);

        public string Chosen(Func<string, string> select) => writes.Chosen(select);
    }
}

public sealed class SqliteSumsHoldTests(SqliteFixture engine) : SumsHoldTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresSumsHoldTests(PostgresFixture engine) : SumsHoldTests(engine), IClassFixture<PostgresFixture>;
