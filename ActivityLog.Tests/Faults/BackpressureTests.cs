using ActivityLog.Tests.Support;
using Microsoft.Data.Sqlite;

namespace ActivityLog.Tests.Faults;

/// <summary>Where nothing can be stored and senders don't wait, each is told to try again in time, and memory doesn't grow.</summary>
[Collection(Alone.Name)]
public sealed class BackpressureTests
{
    private const long MaxWorkingSet = 700 * 1024 * 1024;
    private const int Requests = 1000;

    // The wait of 5 s that the contract has, and what a busy machine adds.
    private static readonly TimeSpan s_longestAnswer = TimeSpan.FromSeconds(9);

    private static readonly (string, string)[] s_settings =
    [
        ("ActivityLog:Spool:MaxBytes", "1000000"),
        ("ActivityLog:Otlp:MaxRequestBytes", "4000000"),
        ("ActivityLog:Otlp:MaxBufferedBytes", "32000000"),
        ("ActivityLog:Otlp:MaxQueuedBytes", "8000000"),
        ("ActivityLog:Otlp:MaxQueuedRows", "10000"),
    ];

    [Fact]
    public async Task Post_PostgresFrozenAndTheSpoolFull_IsToldToTryAgainInBoundedMemory()
    {
        await using var postgres = await PostgresCluster.StartNewAsync();
        await using var server = await FaultServer.StartNewAsync(postgres, s_settings);
        var token = await server.CreateTokenAsync();
        await using (var client = RecordingClient.Start(server, token))
        {
            await client.AcknowledgedAsync(10);
        }

        await postgres.FreezeAsync();
        await FloodAsync(server, token, mayBeTaken: true);
        await postgres.ThawAsync();

        await AnswersAgainAsync(server, token);
    }

    [Fact]
    public async Task Post_SqliteLocked_IsToldToTryAgainInBoundedMemory()
    {
        await using var server = await FaultServer.StartNewAsync(s_settings);
        var token = await server.CreateTokenAsync();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "activitylog.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var transaction = connection.BeginTransaction(deferred: false);
            await FloodAsync(server, token, mayBeTaken: false);
        }

        await AnswersAgainAsync(server, token);
    }

    private static async Task FloodAsync(FaultServer server, string token, bool mayBeTaken)
    {
        var most = 0L;
        await using var flood = Flood.Start(server, token);
        await Soon.TrueAsync(
            () =>
            {
                most = Math.Max(most, server.WorkingSet);
                return flood.Answers.Count >= Requests;
            },
            TimeSpan.FromSeconds(120), $"{Requests} requests are answered");

        most.ShouldBeLessThan(MaxWorkingSet);
        flood.Answers.Count(static answer => answer.Status == 503).ShouldBeGreaterThan(Requests / 2);
        flood.Answers.ShouldAllBe(answer => (answer.Status == 503 && answer.HasRetryAfter) || (mayBeTaken && answer.Status == 200));
        flood.Answers.Max(static answer => answer.Duration).ShouldBeLessThan(s_longestAnswer);
    }

    private static async Task AnswersAgainAsync(FaultServer server, string token)
    {
        await using var client = RecordingClient.Start(server, token);
        await client.AcknowledgedAsync(10);
        await Soon.TrueAsync(async () => await server.ReadyAsync() == "healthy", what: "the server says that it is healthy");
    }
}
