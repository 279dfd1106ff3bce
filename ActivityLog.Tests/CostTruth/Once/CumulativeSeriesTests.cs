using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.CostTruth.Once;

/// <summary>The increments of a cumulative series add up to what was counted, whatever order its points come in, however often, to whichever node.</summary>
public abstract class CumulativeSeriesTests(EngineFixture engine)
{
    [Property(Arbitrary = [typeof(Series)], MaxTest = 50)]
    public async Task Points_InAnyOrderFromProcessesOneAfterTheOtherOrAtOnce_AddUpToWhatWasCounted(Told told)
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        await using var other = (IAsyncDisposable)engine.BuildNode();
        ITelemetryStore[] nodes = [engine.Get<ITelemetryStore>(), ((Microsoft.Extensions.Hosting.IHost)other).Services.GetRequiredService<ITelemetryStore>()];
        var batches = told.Batches(system).Select(points => new TelemetryBatch(token.Key, [], points)).ToList();

        await Parallel.ForEachAsync(batches.Index(), new ParallelOptions { MaxDegreeOfParallelism = told.Writers }, async (batch, cancellationToken) =>
            await nodes[batch.Index % 2].AppendAsync([batch.Item], cancellationToken));

        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        var increments = await context.MetricPoints.Where(p => p.SystemKey == system.Key).OrderBy(static p => p.OccurredAt).Select(static p => p.Increment).ToListAsync();
        increments.ShouldBe(told.Increments());
    }

    /// <summary>What the processes of a sender counted, each from its start on.</summary>
    /// <param name="Processes">What each counts from one point to the next.</param>
    /// <param name="Turns">The process that tells each point: in turn where they run one after the other.</param>
    /// <param name="Seed">How the points come.</param>
    /// <param name="Writers">How many write at once.</param>
    public sealed record Told(IReadOnlyList<int[]> Processes, IReadOnlyList<int> Turns, int Seed, int Writers)
    {
        public override string ToString() =>
            $"{string.Join(" | ", Processes.Select(static p => string.Join(' ', p)))}; turns {string.Join(' ', Turns)}; seed {Seed}, {Writers} writers";

        internal IEnumerable<double?> Increments()
        {
            var told = new int[Processes.Count];
            return Turns.Select(process => (double?)Processes[process][told[process]++]);
        }

        internal IEnumerable<IReadOnlyList<MetricPoint>> Batches(MonitoredSystem system)
        {
            var random = new Random(Seed);
            var points = Points(system).ToList();
            var all = points.Concat(points.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(all);
            for (var at = 0; at < all.Length;)
            {
                var size = random.Next(1, 5);
                yield return [.. all.Skip(at).Take(size)];
                at += size;
            }
        }

        private IEnumerable<MetricPoint> Points(MonitoredSystem system)
        {
            var minute = 0;
            var running = new (int Start, int Told, int Value)[Processes.Count];
            foreach (var process in Turns)
            {
                var (start, told, value) = running[process];
                start = told == 0 ? minute++ : start;
                value += Processes[process][told];
                running[process] = (start, told + 1, value);
                yield return Point(system, start, minute++, value);
            }
        }

        private static MetricPoint Point(MonitoredSystem system, int start, int minute, double value) => new()
        {
            SystemKey = system.Key,
            SeriesKey = 7,
            TokenKey = 1,
            Name = "jobs",
            Unit = "1",
            Kind = MetricKind.Sum,
            Temporality = MetricTemporality.Cumulative,
            IsMonotonic = true,
            StartedAt = A.Noon.AddMinutes(start),
            OccurredAt = A.Noon.AddMinutes(minute),
            ReceivedAt = A.Noon,
            Value = value,
            Attributes = AttributeSet.Empty,
            Metadata = "{}",
        };
    }

    /// <summary>Generates them.</summary>
    public static class Series
    {
        public static Arbitrary<Told> Told() => Arb.From(
            from starts in Gen.Choose(1, 3)
            from processes in Gen.ArrayOf(Gen.Choose(1, 5).SelectMany(static count => Gen.ArrayOf(Gen.Choose(0, 9), count)), starts)
            let turns = processes.SelectMany(static (process, number) => process.Select(_ => number)).ToArray()
            from atOnce in Gen.Elements(true, false)
            from shuffled in Gen.Shuffle(turns)
            from seed in Gen.Choose(0, int.MaxValue)
            from writers in Gen.Choose(1, 4)
            select new Told(processes, atOnce ? shuffled : turns, seed, writers));
    }
}

public sealed class SqliteCumulativeSeriesTests(SqliteFixture engine) : CumulativeSeriesTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresCumulativeSeriesTests(PostgresFixture engine) : CumulativeSeriesTests(engine), IClassFixture<PostgresFixture>;
