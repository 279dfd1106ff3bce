using System.Diagnostics;

namespace ActivityLog.Bench;

/// <summary>What ingest at full speed and a dashboard in use take from each other.</summary>
internal static class IngestBeside
{
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);

    // Ten people, each of whom opens a page every ten seconds.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private static readonly string[] s_slugs = ["cost-by-day", "cost-by-model", "cost-by-user", "tools", "sessions-by-day"];

    /// <summary>Measures each alone, then both together.</summary>
    /// <returns>A sentence of it.</returns>
    public static async Task<string> RunAsync(string program, string samples, IReportsDatabase database, TimeProvider clock)
    {
        await using var server = await ProductServer.StartAsync(program, database.Settings);
        using var client = await server.LoginAsync();
        using var load = new LoadClient(server.Address, await server.CreateTokenAsync(), samples, Measurement.Connections, Measurement.Records, clock);
        var paths = (await Questions.SlugsAsync(client)).Intersect(s_slugs).Select(static slug => $"/api/v1/reports/{slug}?{Questions.Range(90)}").ToList();
        await load.RunAsync(s_warmUp);
        await AskAsync(client, paths, s_warmUp / 2);
        var alone = await AskAsync(client, paths, s_round);
        var ingest = await load.RunAsync(s_round);
        var beside = AskAsync(client, paths, s_round);
        var ingestBeside = await load.RunAsync(s_round);
        var together = await beside;
        return $"Ingest (8 connections × 100 records) alone {ingest.Rate:n0} records/s, while one report a second is asked {ingestBeside.Rate:n0} ({ingestBeside.Rate / ingest.Rate:0.00}). "
            + $"Those reports alone p50 {Timings.Percentile(alone, 0.5):0} ms, p95 {Timings.Percentile(alone, 0.95):0} ms; during ingest p50 {Timings.Percentile(together, 0.5):0} ms, "
            + $"p95 {Timings.Percentile(together, 0.95):0} ms.";
    }

    private static async Task<List<double>> AskAsync(HttpClient client, List<string> paths, TimeSpan length)
    {
        var times = new List<double>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < length)
        {
            var begun = watch.Elapsed;
            using var response = await client.GetAsync(paths[times.Count % paths.Count]);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
            var took = watch.Elapsed - begun;
            times.Add(took.TotalMilliseconds);
            await Task.Delay(took < s_pause ? s_pause - took : TimeSpan.Zero);
        }

        return times;
    }
}
