using System.Globalization;
using ActivityLog.Bench;
using static ActivityLog.Bench.Measurement;

// bench/run starts it. Prints tables in Markdown on standard output, and on standard error how it goes.
const int GrownRows = 10_000_000;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var program = args[0];
if (args is [_, "reports", ..])
{
    await ReportsRun.RunAsync(program, args[2..]);
    return;
}

var mode = args.Skip(1).FirstOrDefault(static arg => arg is "growth" or "retention");
var numbers = args.Skip(mode is null ? 1 : 2).Select(static arg => double.Parse(arg, CultureInfo.InvariantCulture)).ToList();
var round = TimeSpan.FromSeconds(numbers.Count > 0 ? numbers[0] : 15);
var grownRows = numbers.Count > 1 ? (long)numbers[1] : GrownRows;
var postgres = Environment.GetEnvironmentVariable("ACTIVITYLOG_TEST_POSTGRES")
    ?? throw new InvalidOperationException("ACTIVITYLOG_TEST_POSTGRES isn't set: start this by bench/run.");
var samples = Path.Combine(AppContext.BaseDirectory, "samples");
var clock = TimeProvider.System;

if (mode == "retention")
{
    RetentionMeasure.Begin();
}

var rates = new List<string>();
await using (var engine = await PostgresBaseline.CreateAsync(postgres))
{
    await MeasureAsync(engine);
}

await using (var engine = new SqliteBaseline())
{
    await MeasureAsync(engine);
}

if (mode == "retention")
{
    return;
}

Console.WriteLine($"{Machine.Describe()}; {clock.GetUtcNow():yyyy-MM-dd}. {Describe(round)}.");
Console.WriteLine();
if (mode == "growth")
{
    Print($"| Engine | Empty: records/s | of the engine's own | {grownRows:n0} rows: records/s | of the engine's own | Rate falls by |", rates);
}
else
{
    Print(
        "| Engine by itself | Records a request | Its rows/s | ActivityLog, records/s | Ratio | Records per CPU second | CPU a record: server | database | engine by itself | Peak memory " +
        "| Time to an answer: p50, p99 |",
        rates);
}

async Task MeasureAsync(IBaseline engine)
{
    if (mode == "retention")
    {
        await new RetentionMeasure(program, samples, Connections, Records, round, clock).RunAsync(engine);
        return;
    }

    await using var server = await ProductServer.StartAsync(program, engine.Settings);
    var measurement = await Measurement.StartAsync(engine, server, samples, clock);
    if (mode == "growth")
    {
        var rounds = await measurement.RunAsync(round);
        await measurement.FillAsync(grownRows);
        var grown = await measurement.RunAsync(round);
        var (before, after) = (Median(rounds, static r => r.Load.Rate), Median(grown, static r => r.Load.Rate));
        rates.Add(
            $"| {engine.Name} | {before:n0} | {Median(rounds, static r => r.Ratio):0.00} | {after:n0} | {Median(grown, static r => r.Ratio):0.00} | {100 * (1 - (after / before)):0} % |");
        return;
    }

    foreach (var records in Sizes)
    {
        var rounds = await measurement.RunAsync(round, records);
        rates.Add(
            $"| {engine.Name} | {records:n0} | {Median(rounds, static r => r.Engine.Rate):n0} | {Median(rounds, static r => r.Load.Rate):n0} | {Median(rounds, static r => r.Ratio):0.00} " +
            $"| {Median(rounds, static r => r.PerCpuSecond):n0} | {Median(rounds, static r => r.ServerMicroseconds):0.0} µs | {Median(rounds, static r => r.DatabaseMicroseconds):0.0} µs " +
            $"| {Median(rounds, static r => r.Engine.CpuMicroseconds):0.0} µs | {server.PeakMemory / 1e6:0} MB " +
            $"| {Median(rounds, static r => r.Load.P50Ms):0}, {Median(rounds, static r => r.Load.P99Ms):0} ms |");
    }
}

static void Print(string head, IReadOnlyList<string> rows)
{
    Console.WriteLine(head);
    Console.WriteLine(string.Concat(head.Where(static c => c == '|').Skip(1).Select(static _ => "|---")) + "|");
    foreach (var row in rows)
    {
        Console.WriteLine(row);
    }

    Console.WriteLine();
}
