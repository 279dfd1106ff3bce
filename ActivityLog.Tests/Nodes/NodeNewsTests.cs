using System.Diagnostics;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Nodes;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Storage.Postgres;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ActivityLog.Tests.Nodes;

/// <summary>Two whole nodes over one PostgreSQL.</summary>
public sealed class NodeNewsTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    private ActivityLogApp _first = null!;
    private ActivityLogApp _second = null!;
    private string _connectionString = "";

    public async Task InitializeAsync()
    {
        _first = await ActivityLogApp.StartAsync(StorageEngine.Postgres);
        _connectionString = _first.Services.GetRequiredService<IConfiguration>().GetConnectionString(StorageOptions.ConnectionStringName)!;
        _second = await ActivityLogApp.StartAsync(
            StorageEngine.Postgres, new Dictionary<string, string?> { [$"ConnectionStrings:{StorageOptions.ConnectionStringName}"] = _connectionString });
        await Soon.TrueAsync(() => IsListening(_first) && IsListening(_second));
    }

    public async Task DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
    }

    [Fact]
    public async Task Revoke_OnOneNode_IsRefusedOnTheOther()
    {
        var (system, token, secret) = await CreateTokenAsync();
        (await PostAsync(_second, secret)).ShouldBe(200);

        using var admin = await _first.LoginAsync();
        using var revoked = await admin.DeleteAsync($"/api/v1/systems/{system}/tokens/{token}");
        revoked.EnsureSuccessStatusCode();

        await Soon.TrueAsync(async () => await PostAsync(_second, secret) == 401, s_deadline);
        (await PostAsync(_first, secret)).ShouldBe(401);
    }

    [Fact]
    public async Task Revoke_WhileTheOtherLostItsConnection_IsRefusedThere()
    {
        var (system, token, secret) = await CreateTokenAsync();
        (await PostAsync(_second, secret)).ShouldBe(200);
        await ExecuteAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'activitylog listener'");

        using var admin = await _first.LoginAsync();
        using var revoked = await admin.DeleteAsync($"/api/v1/systems/{system}/tokens/{token}");
        revoked.EnsureSuccessStatusCode();

        await Soon.TrueAsync(async () => await PostAsync(_second, secret) == 401, s_deadline);
        // It listens again by itself, and hears.
        await Soon.TrueAsync(() => IsListening(_first) && IsListening(_second));
        (system, token, secret) = await CreateTokenAsync();
        (await PostAsync(_second, secret)).ShouldBe(200);
        using var deleted = await admin.DeleteAsync($"/api/v1/systems/{system}");
        deleted.EnsureSuccessStatusCode();
        await Soon.TrueAsync(async () => await PostAsync(_second, secret) == 401, s_deadline);
    }

    [Fact]
    public async Task Post_OnOneNode_WakesTheFeedOfTheOther()
    {
        var secret = (await CreateTokenAsync()).Secret;
        var woken = new TaskCompletionSource<IReadOnlyCollection<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _second.Services.GetRequiredService<MessageFeed>().Subscribe(keys => woken.TrySetResult(keys));

        await _first.PostRecordingAsync("json", RecordingOrder.Recorded, secret);

        (await woken.Task.WaitAsync(s_deadline)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Publish_ManyCommits_TellsTheOthersFiveTimesASecondAtMost()
    {
        await using var listener = new NpgsqlConnection(_connectionString);
        await listener.OpenAsync();
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresNews.Channel}", listener))
        {
            await listen.ExecuteNonQueryAsync();
        }

        var (told, keys) = (0, new HashSet<int>());
        listener.Notification += (_, notification) =>
        {
            told++;
            keys.UnionWith(NewsText.TryParse(notification.Payload)!.SystemKeys!);
        };
        var watch = Stopwatch.StartNew();
        var feed = _first.Services.GetRequiredService<MessageFeed>();
        for (var commit = 0; commit < 5000; commit++)
        {
            feed.Publish([commit], 1);
        }

        while (keys.Count < 5000)
        {
            (await listener.WaitAsync(s_deadline)).ShouldBeTrue("a System isn't told of");
        }

        told.ShouldBeLessThanOrEqualTo((int)(watch.Elapsed.TotalSeconds * 5) + 2);
    }

    private static bool IsListening(ActivityLogApp node) => node.Services.GetRequiredService<Listening>().IsSure;

    private async Task<(Guid System, Guid Token, string Secret)> CreateTokenAsync()
    {
        var system = await _first.CreateSystemAsync();
        var secret = await _first.CreateTokenAsync(system);
        using var admin = await _first.LoginAsync();
        using var tokens = System.Text.Json.JsonDocument.Parse(await admin.GetStringAsync($"/api/v1/systems/{system}/tokens"));
        return (system, tokens.RootElement.EnumerateArray().Single().GetProperty("id").GetGuid(), secret);
    }

    private static async Task<int> PostAsync(ActivityLogApp node, string secret)
    {
        using var client = node.CreateClient();
        using var request = Recording.Load("json").Requests[0].ToHttp(secret);
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
