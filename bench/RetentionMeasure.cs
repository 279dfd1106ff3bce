using System.Globalization;

namespace ActivityLog.Bench;

/// <summary>How much ingest is left while a million expired rows are deleted beside it: before and during, in one server.</summary>
internal sealed class RetentionMeasure(string program, string samples, int connections, int records, TimeSpan round, TimeProvider clock)
{
    private const int Expired = 1_000_000;
    private const int Copied = 250_000;
    private const int StoredBefore = 500_000;

    // The first run of a server is half a minute after its start.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_before = TimeSpan.FromSeconds(18);

    /// <summary>Prints the head of the table.</summary>
    public static void Begin()
    {
        Console.WriteLine("| Engine | Records/s, nothing due | Records/s while 1,000,000 expired rows go | Kept | Expired rows deleted a second |");
        Console.WriteLine("|---|---|---|---|---|");
    }

    /// <summary>Measures on one engine, and prints a row.</summary>
    public async Task RunAsync(IBaseline engine)
    {
        string token;
        await using (var server = await ProductServer.StartAsync(program, engine.Settings))
        {
            token = await server.CreateTokenAsync();
            using var client = new LoadClient(server.Address, token, samples, connections, records, clock);
            for (var stored = 0L; stored < StoredBefore;)
            {
                stored += (await client.RunAsync(TimeSpan.FromSeconds(5))).Records;
            }
        }

        await ExpireAsync(engine);
        await MeasureAsync(engine, token);
    }

    private async Task MeasureAsync(IBaseline engine, string token)
    {
        await using var server = await ProductServer.StartAsync(program, engine.Settings);
        using var client = new LoadClient(server.Address, token, samples, connections, records, clock);
        await client.RunAsync(s_warmUp);
        var before = await client.RunAsync(round < s_before ? round : s_before);
        while (await DeletedAsync(engine) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock);
        }

        var deleted = -await DeletedAsync(engine);
        var during = await client.RunAsync(round);
        deleted += await DeletedAsync(engine);
        if (deleted >= Expired * 9L / 10)
        {
            throw new InvalidOperationException("All expired rows were deleted within the round: give a shorter one.");
        }

        var (rateBefore, rateDuring) = (before.Records / before.Elapsed.TotalSeconds, during.Records / during.Elapsed.TotalSeconds);
        Console.WriteLine(
            $"| {engine.Name.Split(',')[0]} | {rateBefore:n0} | {rateDuring:n0} | {rateDuring / rateBefore:0.00} | {deleted / during.Elapsed.TotalSeconds:n0} |");
    }

    // Copies of stored rows that expired long ago, under keys of their own.
    private static async Task ExpireAsync(IBaseline engine)
    {
        await engine.AskAsync($"create table expired as select * from messages limit {Copied}");
        await engine.AskAsync("update expired set expires_at = received_at - 864000000000");
        for (var rows = 0; rows < Expired; rows += Copied)
        {
            await engine.AskAsync("update expired set call_key = call_key + 1");
            await engine.AskAsync("insert into messages select * from expired");
        }

        await engine.AskAsync("drop table expired");
        await engine.AskAsync("analyze messages");
    }

    private static async Task<long> DeletedAsync(IBaseline engine) =>
        Convert.ToInt64(await engine.AskAsync("select coalesce(sum(messages), 0) from retention_counts where hour = 0"), CultureInfo.InvariantCulture);
}
