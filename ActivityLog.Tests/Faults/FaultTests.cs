using System.Globalization;
using ActivityLog.Tests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ActivityLog.Tests.Faults;

/// <summary>Whatever happens to the server, its database and its disk: what was acknowledged is stored, once.</summary>
[Collection(Alone.Name)]
public sealed class FaultTests
{
    // Longer by hand: ACTIVITYLOG_TEST_OUTAGE_SECONDS=600 ./test FaultTests
    private static readonly TimeSpan s_outage = TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable("ACTIVITYLOG_TEST_OUTAGE_SECONDS") is { Length: > 0 } seconds ? int.Parse(seconds, CultureInfo.InvariantCulture) : 30);

    // The wait of 5 s that the contract has, and what a busy machine adds.
    private static readonly TimeSpan s_longestAnswer = TimeSpan.FromSeconds(9);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_KilledUnderLoad_HasAllItAcknowledged(bool postgres)
    {
        await using var run = await FaultRun.StartAsync(postgres);

        for (var i = 0; i < 2; i++)
        {
            await run.Server.KillAsync();
            await run.Server.StartAsync();
            await run.Client.AcknowledgedAsync(50);
        }

        await run.AssertNothingLostAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_ToldToStopUnderLoad_StopsSoonAndHasAllItAcknowledged(bool postgres)
    {
        await using var run = await FaultRun.StartAsync(postgres);

        (await run.Server.StopAsync()).ShouldBeLessThan(TimeSpan.FromSeconds(12), run.Server.Output);

        await run.Server.StartAsync();
        await run.AssertNothingLostAsync();
    }

    [Fact]
    public async Task Server_ToldToStopWhilePostgresIsFrozen_StopsSoonAndHasAllItAcknowledged()
    {
        await using var run = await FaultRun.StartAsync(postgres: true);
        await run.Postgres.FreezeAsync();
        await run.Client.AcknowledgedAsync(50);

        (await run.Server.StopAsync()).ShouldBeLessThan(TimeSpan.FromSeconds(12), run.Server.Output);

        await run.Postgres.ThawAsync();
        await run.Server.StartAsync();
        await run.AssertNothingLostAsync();
    }

    [Fact]
    public async Task Postgres_RestartedKilledAndFrozen_NothingIsLostAndNobodyIsTurnedAway()
    {
        await using var run = await FaultRun.StartAsync(postgres: true);

        await run.Postgres.StopAsync();
        await run.Postgres.StartAsync();
        await run.Client.AcknowledgedAsync(50);

        await run.Postgres.KillAsync();
        await run.Client.AcknowledgedAsync(50);
        await run.Postgres.StartAsync();
        await run.Client.AcknowledgedAsync(50);

        await run.Postgres.FreezeAsync();
        await run.Client.AcknowledgedAsync(200);
        await run.Postgres.ThawAsync();

        await run.AssertNothingLostAsync();
        run.Client.Statuses.Keys.ShouldBe([200]);
        run.Client.BrokenOff.ShouldBe(0);
        run.Client.Slowest.ShouldBeLessThan(s_longestAnswer);
    }

    [Fact]
    public async Task Postgres_AwayForLongAndTheServerRestartedMeanwhile_NothingIsLost()
    {
        await using var run = await FaultRun.StartAsync(postgres: true);
        // The file of known tokens is written within a second or two of their first use.
        await Soon.TrueAsync(() => File.Exists(Path.Combine(run.Server.DataDirectory, "known-tokens.json")));
        await run.Postgres.StopAsync();
        var end = Task.Delay(s_outage);

        await run.Client.AcknowledgedAsync(100);
        (await run.Server.ReadyAsync()).ShouldBe("degraded");
        await run.Server.KillAsync();
        await run.Server.StartAsync();
        await run.Client.AcknowledgedAsync(100);
        (await run.Server.ReadyAsync()).ShouldBe("degraded");
        await AssertPageSaysSoAsync(run.Server);
        await end;
        await run.Client.AcknowledgedAsync(100);
        await run.Postgres.StartAsync();
        // While it stores what was spooled.
        await run.Server.KillAsync();
        await run.Server.StartAsync();

        await run.AssertNothingLostAsync();
        run.Client.Statuses.Keys.ShouldBe([200]);
        await Soon.TrueAsync(() => Directory.GetFiles(Path.Combine(run.Server.DataDirectory, "spool"), "*.spool").Length == 0);
    }

    [Fact]
    public async Task Disk_FullUnderSqlite_SendersAreToldToTryAgainUntilThereIsRoom()
    {
        await using var run = await FaultRun.StartAsync(postgres: false);

        await run.Server.LimitFilesAsync(4096);
        await Soon.TrueAsync(() => run.Client.Statuses.GetValueOrDefault(503) > 10);
        await run.Server.LimitFilesAsync(null);

        await run.AssertNothingLostAsync();
        run.Client.BrokenOff.ShouldBe(0);
    }

    [Fact]
    public async Task Disk_FullUnderTheSpool_SendersAreToldToTryAgainUntilThereIsRoom()
    {
        await using var run = await FaultRun.StartAsync(postgres: true);
        await run.Postgres.StopAsync();
        await run.Client.AcknowledgedAsync(50);

        await run.Server.LimitFilesAsync(64 * 1024);
        await Soon.TrueAsync(() => run.Client.Statuses.GetValueOrDefault(503) > 10);
        await run.Server.LimitFilesAsync(null);
        await run.Client.AcknowledgedAsync(50);
        await run.Postgres.StartAsync();

        await run.AssertNothingLostAsync();
        run.Client.BrokenOff.ShouldBe(0);
    }

    [Fact]
    public async Task Sqlite_LockedByAnotherProcess_SendersAreToldToTryAgainInTime()
    {
        await using var run = await FaultRun.StartAsync(postgres: false);

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(run.Server.DataDirectory, "activitylog.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var transaction = connection.BeginTransaction(deferred: false);
            await Soon.TrueAsync(() => run.Client.Statuses.GetValueOrDefault(503) > 3);
        }

        await run.AssertNothingLostAsync();
        run.Client.Slowest.ShouldBeLessThan(s_longestAnswer);
        run.Client.BrokenOff.ShouldBe(0);
    }

    [Fact]
    public async Task Postgres_TableLocked_RequestsAreSpooledInTime()
    {
        await using var run = await FaultRun.StartAsync(postgres: true);

        await using (var connection = await run.Postgres.OpenAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("LOCK TABLE messages, metric_points IN ACCESS EXCLUSIVE MODE", connection, transaction);
            await command.ExecuteNonQueryAsync();
            await run.Client.AcknowledgedAsync(200);
        }

        await run.AssertNothingLostAsync();
        run.Client.Statuses.Keys.ShouldBe([200]);
        run.Client.Slowest.ShouldBeLessThan(s_longestAnswer);
    }

    private static async Task AssertPageSaysSoAsync(FaultServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/systems") { Headers = { Accept = { new("text/html") } } };
        using var page = await client.SendAsync(request);
        ((int)page.StatusCode).ShouldBe(503);
        (await page.Content.ReadAsStringAsync()).ShouldContain("The database is away");
        using var api = await client.GetAsync("/api/v1/systems");
        ((int)api.StatusCode).ShouldBe(503);
        api.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }
}
