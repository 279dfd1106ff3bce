using System.Globalization;
using ActivityLog.Bench;

// bench/run says how to start it. Prints a table in Markdown on standard output, and how it goes on standard error.
const int Connections = 8;
const int Records = 100;
const int Rounds = 3;
const int BaselineRows = 100_000;

var (program, postgres) = (args[0], Environment.GetEnvironmentVariable("ACTIVITYLOG_TEST_POSTGRES"));
var seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 15;
var samples = Path.Combine(AppContext.BaseDirectory, "samples");
var clock = TimeProvider.System;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Console.WriteLine($"{Machine.Describe()}; {clock.GetUtcNow():yyyy-MM-dd}. Medians of {Rounds} rounds of {seconds:0} s, each against the engine at once after it.");
Console.WriteLine();
Console.WriteLine("| Engine by itself (rows/s) | Stored by ActivityLog (records/s) | Ratio | Records per CPU second | One record a request, p99 | Server's memory |");
Console.WriteLine("|---|---|---|---|---|---|");
if (postgres is not null)
{
    await using var engine = await PostgresBaseline.CreateAsync(postgres);
    await MeasureAsync(engine);
}

await using (var engine = new SqliteBaseline())
{
    await MeasureAsync(engine);
}

async Task MeasureAsync(IBaseline engine)
{
    await using var server = await ProductServer.StartAsync(program, engine.Settings);
    var token = await server.CreateTokenAsync();
    using var client = new LoadClient(server.Address, token, samples, Connections, Records, clock);
    await client.RunAsync(TimeSpan.FromSeconds(seconds / 2)); // warms up

    var rounds = new List<(double Rate, double Engine, double PerCpuSecond)>();
    for (var round = 0; round < Rounds; round++)
    {
        var (from, cpu) = (Now(), server.Cpu + engine.Cpu);
        var load = await client.RunAsync(TimeSpan.FromSeconds(seconds));
        var (to, used) = (Now(), server.Cpu + engine.Cpu - cpu);
        var stored = await engine.CountAsync(from, to);
        if (stored != load.Records)
        {
            throw new InvalidOperationException($"{load.Records} records were answered with 200, {stored} are stored.");
        }

        var (rows, elapsed) = await engine.WriteAsync(from, to, BaselineRows);
        rounds.Add((load.Records / load.Elapsed.TotalSeconds, rows / elapsed.TotalSeconds, load.Records / used.TotalSeconds));
        Console.Error.WriteLine($"{engine.Name}, round {round + 1}: {rounds[^1].Rate:n0} records/s, engine {rounds[^1].Engine:n0} rows/s, {rounds[^1].PerCpuSecond:n0} records per CPU second");
    }

    var memory = server.Memory;
    using var single = new LoadClient(server.Address, token, samples, Connections, records: 1, clock);
    var one = await single.RunAsync(TimeSpan.FromSeconds(seconds / 2));
    Console.WriteLine(
        $"| {engine.Name}: {Median(rounds, static round => round.Engine):n0} | {Median(rounds, static round => round.Rate):n0} " +
        $"| {Median(rounds, static round => round.Rate / round.Engine):0.00} | {Median(rounds, static round => round.PerCpuSecond):n0} " +
        $"| {one.P99Ms:0} ms | {memory / 1e6:0} MB |");
}

long Now() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

static double Median<T>(IReadOnlyCollection<T> values, Func<T, double> of) => values.Select(of).Order().ElementAt(values.Count / 2);
