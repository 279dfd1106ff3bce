namespace ActivityLog.Bench;

/// <summary>A server on an engine, and loads against it.</summary>
internal sealed class Measurement(IBaseline engine, ProductServer server, string token, string samples, TimeProvider clock)
{
    public const int Connections = 8;
    public const int Records = 100;

    /// <summary>The sizes of a request at which ingest is measured.</summary>
    public static readonly int[] Sizes = [1, Records, 1000];

    private const int Rounds = 3;
    private const int BaselineRows = 100_000;
    private const int WarmUpRecords = 300_000;
    private const int FillRecords = 1000;

    public static string Describe(TimeSpan round) =>
        $"{Connections} connections; medians of {Rounds} rounds of {round.TotalSeconds:0} s, each followed by the engine's";

    public static async Task<Measurement> StartAsync(IBaseline engine, ProductServer server, string samples, TimeProvider clock)
    {
        var measurement = new Measurement(engine, server, await server.CreateTokenAsync(), samples, clock);
        // Until the compiler has done its part: a fixed time is too short on a busy machine.
        using var client = measurement.Client(Records);
        for (var warm = 0L; warm < WarmUpRecords;)
        {
            warm += (await client.RunAsync(TimeSpan.FromSeconds(3))).Records;
        }

        return measurement;
    }

    /// <summary>Rounds of the product and the engine in turn, so that what else the machine does meets both.</summary>
    public async Task<IReadOnlyList<Round>> RunAsync(TimeSpan length, int records = Records)
    {
        using var client = Client(records);
        server.ForgetPeakMemory();
        var rounds = new List<Round>();
        while (rounds.Count < Rounds)
        {
            var (from, serverCpu, engineCpu) = (Now(), server.Cpu, engine.Cpu);
            var load = await client.RunAsync(length);
            (var to, serverCpu, engineCpu) = (Now(), server.Cpu - serverCpu, engine.Cpu - engineCpu);
            var stored = await engine.CountAsync(from, to);
            if (stored != load.Records)
            {
                throw new InvalidOperationException($"{load.Records} records were answered with 200, {stored} are stored.");
            }

            rounds.Add(new(load, serverCpu, engineCpu, await engine.WriteAsync(from, to, BaselineRows)));
            Console.Error.WriteLine($"{engine.Name}, {records} records a request, round {rounds.Count}: {rounds[^1]}");
        }

        return rounds;
    }

    /// <summary>Fills the table until it has so many rows, by the way that all rows come: through the server, each a call that was never seen.</summary>
    public async Task FillAsync(long rows)
    {
        using var client = Client(FillRecords);
        var have = await engine.CountAsync(0, long.MaxValue);
        while (have < rows)
        {
            have += (await client.RunAsync(TimeSpan.FromSeconds(20))).Records;
            Console.Error.WriteLine($"{engine.Name}: {have:n0} rows");
        }
    }

    public static double Median(IReadOnlyCollection<Round> rounds, Func<Round, double> of) => rounds.Select(of).Order().ElementAt(rounds.Count / 2);

    private LoadClient Client(int records) => new(server.Address, token, samples, Connections, records, clock);

    private long Now() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
