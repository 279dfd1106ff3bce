using System.Globalization;
using ActivityLog.Bench;

// bench/run starts it. Prints a table in Markdown on standard output, and on standard error how it goes.
const int Connections = 8;
const int Records = 100;
const int Rounds = 3;
const int BaselineRows = 100_000;
const int WarmUpRecords = 300_000;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var program = args[0];
var isRetention = args is [_, "retention", ..];
var round = TimeSpan.FromSeconds(args.Length > (isRetention ? 2 : 1) ? double.Parse(args[^1], CultureInfo.InvariantCulture) : 15);
var postgres = Environment.GetEnvironmentVariable("ACTIVITYLOG_TEST_POSTGRES")
    ?? throw new InvalidOperationException("ACTIVITYLOG_TEST_POSTGRES isn't set: start this by bench/run.");
var samples = Path.Combine(AppContext.BaseDirectory, "samples");
var clock = TimeProvider.System;

if (isRetention)
{
    var retention = new RetentionMeasure(program, samples, Connections, Records, round, clock);
    RetentionMeasure.Begin();
    await using (var engine = await PostgresBaseline.CreateAsync(postgres))
    {
        await retention.RunAsync(engine);
    }

    await using (var engine = new SqliteBaseline())
    {
        await retention.RunAsync(engine);
    }

    return;
}

Console.WriteLine(
    $"{Machine.Describe()}; {clock.GetUtcNow():yyyy-MM-dd}. {Connections} connections; " +
    $"medians of {Rounds} rounds of {round.TotalSeconds:0} s, each followed by the engine's.");
Console.WriteLine();
Console.WriteLine("| Engine by itself | Its rows/s | ActivityLog, records/s | Ratio | Records per CPU second | One record a request: p99 | Server's memory |");
Console.WriteLine("|---|---|---|---|---|---|---|");
await using (var engine = await PostgresBaseline.CreateAsync(postgres))
{
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
    // Until the compiler has done its part: a fixed time is too short on a busy machine.
    for (var warm = 0L; warm < WarmUpRecords;)
    {
        warm += (await client.RunAsync(round / 4)).Records;
    }

    var figures = new List<(double Rate, double Engine, double PerCpuSecond)>();
    for (var number = 1; number <= Rounds; number++)
    {
        var (from, serverCpu, engineCpu) = (Now(), server.Cpu, engine.Cpu);
        var load = await client.RunAsync(round);
        (var to, serverCpu, engineCpu) = (Now(), server.Cpu - serverCpu, engine.Cpu - engineCpu);
        var stored = await engine.CountAsync(from, to);
        if (stored != load.Records)
        {
            throw new InvalidOperationException($"{load.Records} records were answered with 200, {stored} are stored.");
        }

        var (rows, elapsed) = await engine.WriteAsync(from, to, BaselineRows);
        var figure = (load.Records / load.Elapsed.TotalSeconds, rows / elapsed.TotalSeconds, load.Records / (serverCpu + engineCpu).TotalSeconds);
        figures.Add(figure);
        Console.Error.WriteLine(
            $"{engine.Name}, round {number}: engine {figure.Item2:n0} rows/s, ActivityLog {figure.Item1:n0} records/s, CPU a record: " +
            $"server {serverCpu.TotalMicroseconds / load.Records:0.0} µs, database {engineCpu.TotalMicroseconds / load.Records:0.0} µs");
    }

    var memory = server.Memory;
    using var single = new LoadClient(server.Address, token, samples, Connections, records: 1, clock);
    var one = await single.RunAsync(round / 2);
    Console.WriteLine(
        $"| {engine.Name} | {Median(figures, static figure => figure.Engine):n0} | {Median(figures, static figure => figure.Rate):n0} " +
        $"| {Median(figures, static figure => figure.Rate / figure.Engine):0.00} | {Median(figures, static figure => figure.PerCpuSecond):n0} " +
        $"| {one.P99Ms:0} ms | {memory / 1e6:0} MB |");
}

long Now() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

static double Median<T>(IReadOnlyCollection<T> values, Func<T, double> of) => values.Select(of).Order().ElementAt(values.Count / 2);
