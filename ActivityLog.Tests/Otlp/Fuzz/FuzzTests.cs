using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Tests.Otlp.Grpc;
using ActivityLog.Tests.Support;
using Xunit.Abstractions;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>
/// Whatever comes is taken or refused for what it is, and what is sound beside it is stored. A longer run, another seed:
/// <c>ACTIVITYLOG_FUZZ_COUNT</c>, <c>ACTIVITYLOG_FUZZ_MINUTES</c>, <c>ACTIVITYLOG_FUZZ_SEED</c>.
/// </summary>
[Collection(Alone.Name)]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int EngineCount = 1500;
    // Less than four hundred bytes a request; caches and buffers that are bounded have their place in it.
    private const int MaxGrownBytes = 64 * 1024 * 1024;

    // A busy machine sends so many at least; a run of fewer has looked at nothing.
    private const int LeastPerSecond = 20;

    private static readonly int s_seed = Setting("SEED", 72);
    private static readonly int s_count = Setting("COUNT", 200_000);
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(Setting("MINUTES", 4));
    private static readonly int s_grpcCount = s_count / 20;
    private static readonly TimeSpan s_grpcMost = s_most / 12;

    private readonly ConcurrentDictionary<int, bool> _stored = new();

    [Fact]
    public async Task Post_BrokenAndOddRequestsAmongSoundOnes_EachIsAnsweredAndNoNeighbourIsLost()
    {
        await using var host = await OtlpHost.StartAsync();
        Watch(host);
        var run = new FuzzRun(new HttpFuzz(host.Client, FakeTokenStore.Good, new(s_seed)).SendAsync);

        await run.SendAsync(0, s_count / 10, s_most / 10);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await run.SendAsync(s_count / 10, s_count - (s_count / 10), 0.9 * s_most);
        // What was stored is remembered here, not there.
        var stored = _stored.Keys.ToHashSet();
        _stored.Clear();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        output.WriteLine($"Seed {s_seed}: {run.Count} requests ({run.Answers}); memory grew by {grown / 1024} KiB.");
        run.Failures.ShouldBeEmpty($"Seed {s_seed}, {run.Count} requests\n{string.Join('\n', host.Log.Lines)}");
        run.Count.ShouldBeGreaterThanOrEqualTo(Least(s_count, s_most), $"Seed {s_seed}: too few in {s_most} ({run.Answers})");
        run.Sound.Keys.Except(stored).ShouldBeEmpty($"Seed {s_seed}, {run.Count} requests: taken, but not stored");
        run.Sound.ShouldNotBeEmpty();
        (host.BufferedBytes, host.QueuedRows).ShouldBe((0, 0));
        grown.ShouldBeLessThan(MaxGrownBytes);
    }

    [Fact]
    public async Task Call_BrokenAndOddCallsAndConnectionsAmongSoundOnes_EachIsAnsweredAndNoNeighbourIsLost()
    {
        await using var host = await OtlpHost.StartWithGrpcAsync();
        Watch(host);
        using var client = new GrpcClient(host.GrpcPort);
        var run = new FuzzRun(new GrpcFuzz(client, new(s_seed)).SendAsync);
        var connections = new ConnectionFuzz(host.GrpcPort, new(s_seed));

        var calls = run.SendAsync(0, s_grpcCount, s_grpcMost);
        var isClosed = await connections.SendAsync(until: calls);
        await calls;

        output.WriteLine($"Seed {s_seed}: {run.Count} calls ({run.Answers}); {connections.Count} connections beside them.");
        run.Failures.ShouldBeEmpty($"Seed {s_seed}, {run.Count} calls\n{string.Join('\n', host.Log.Lines)}");
        run.Count.ShouldBeGreaterThanOrEqualTo(Least(s_grpcCount, s_grpcMost), $"Seed {s_seed}: too few in {s_grpcMost} ({run.Answers})");
        isClosed.ShouldBeTrue($"Seed {s_seed}: connection {connections.Count} isn't closed");
        run.Sound.Keys.Except(_stored.Keys).ShouldBeEmpty($"Seed {s_seed}, {run.Count} calls: taken, but not stored");
        run.Sound.ShouldNotBeEmpty();
        (host.BufferedBytes, host.QueuedRows).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Post_TheSameToAnEngine_TakesEveryTextAndNumber(StorageEngine engine)
    {
        await using var app = await ActivityLogApp.StartAsync(engine);
        var systemId = await app.CreateSystemAsync(plan: "Enterprise");
        using var client = app.CreateClient();
        var run = new FuzzRun(new HttpFuzz(client, await app.CreateTokenAsync(systemId), new(s_seed + 1)).SendAsync);

        await run.SendAsync(0, EngineCount, s_most);
        await app.SettleAsync();

        output.WriteLine($"Seed {s_seed + 1}: {run.Count} requests ({run.Answers}).");
        run.Failures.ShouldBeEmpty($"Seed {s_seed + 1}, {run.Count} requests");
        run.Count.ShouldBeGreaterThanOrEqualTo(Least(EngineCount, s_most), $"Seed {s_seed + 1}: too few in {s_most} ({run.Answers})");
        (await CountAsync(app, $"messages/aggregate?systemId={systemId}&metric=distinct(metadata.{OddRecords.Marker})"))
            .ShouldBe(run.Sound.Values.Count(static signal => signal != OtlpSignal.Metrics));
        (await CountAsync(app, $"metrics/aggregate?systemId={systemId}&name={OddRecords.Marker}&metric=count()"))
            .ShouldBe(run.Sound.Values.Count(static signal => signal == OtlpSignal.Metrics));
    }

    private static int Least(int count, TimeSpan most) => (int)Math.Min(count, LeastPerSecond * most.TotalSeconds);

    private static async Task<int> CountAsync(ActivityLogApp app, string query)
    {
        using var api = await app.LoginAsync();
        var row = JsonSerializer.Deserialize<JsonElement>(await api.GetStringAsync($"/api/v1/{query}")).GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
        return row.EnumerateObject().Single().Value.GetInt32();
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("ACTIVITYLOG_FUZZ_" + name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private void Watch(OtlpHost host)
    {
        host.Store.Remembers = false;
        host.Store.BeforeAppend = batches =>
        {
            Look(batches);
            return Task.CompletedTask;
        };
    }

    private void Look(IReadOnlyList<TelemetryBatch> batches)
    {
        foreach (var metadata in batches.SelectMany(static batch => batch.Messages.Select(static message => message.Metadata).Concat(batch.Points.Select(static point => point.Metadata))))
        {
            // It must be JSON, whoever bears it.
            using var json = JsonDocument.Parse(metadata);
            if (json.RootElement.TryGetProperty(OddRecords.Marker, out var marker) && marker.ValueKind == JsonValueKind.Number)
            {
                _stored[marker.GetInt32()] = true;
            }
        }
    }
}
