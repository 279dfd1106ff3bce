using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Accounts;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Tokens;
using ActivityLog.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Senders;

/// <summary>What is learned of who sends, over real HTTP.</summary>
public abstract class SenderEndpointsTests(AppFixture fixture)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task List_RecordingsOfSeveralPeople_EachIsLearnedWithWhatItSends()
    {
        var system = await fixture.App.CreateSystemAsync();
        var token = await fixture.App.CreateTokenAsync(system);
        await fixture.App.PostRecordingAsync("protobuf-terminal", RecordingOrder.Recorded, token);
        await fixture.App.PostRecordingAsync("json-redacted", RecordingOrder.Recorded, token);

        // Each recording was made with a configuration folder of its own.
        var senders = await ListAsync(system, static list => list.GetArrayLength() >= 2 && list.EnumerateArray().All(static sender => HasAllSignals(sender)));

        foreach (var sender in senders.EnumerateArray())
        {
            Text(sender, "version").ShouldBe("2.1.330");
            Text(sender, "osType").ShouldBe("linux");
            Text(sender, "architecture").ShouldBe("amd64");
            Text(sender, "address").ShouldBe("127.0.0.1");
            Text(sender, "tokenName").ShouldBe("Tests");
            Text(sender, "userName").ShouldBeOneOf("alice", "bob", "carol");
            Text(sender, "installation")!.Length.ShouldBe(64);
            sender.GetProperty("gaps").EnumerateArray().ShouldAllBe(static gap => gap.GetProperty("isOptional").GetBoolean());
        }

        // Prompts were on in the first and off in the second.
        var prompts = senders.EnumerateArray().Select(static sender => (sender.GetProperty("sendsPrompts").GetBoolean(), sender.GetProperty("sendsToolDetails").GetBoolean()));
        prompts.Distinct().Order().ShouldBe([(false, false), (true, true)]);
    }

    [Theory]
    [InlineData("1.0.128")]
    [InlineData("2.0.77")]
    public async Task List_OlderVersionThatSaysLittle_IsLearnedAllTheSame(string version)
    {
        var system = await fixture.App.CreateSystemAsync();
        var token = await fixture.App.CreateTokenAsync(system);
        using var client = fixture.App.CreateClient();
        var installation = new string('7', 64);
        var body = $$$"""
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"claude-code"}}]},
            "scopeLogs":[{"scope":{"name":"com.anthropic.claude_code.events","version":"{{{version}}}"},"logRecords":[{"timeUnixNano":"1795400000000000000",
            "body":{"stringValue":"claude_code.user_prompt"},"attributes":[{"key":"event.name","value":{"stringValue":"user_prompt"}},
            {"key":"user.id","value":{"stringValue":"{{{installation}}}"}},{"key":"prompt","value":{"stringValue":"<REDACTED>"}}]}]}]}]}
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = new StringContent(body, null, "application/json"), Headers = { Authorization = new("Bearer", token) } };
        using var response = await client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);

        var sender = (await ListAsync(system, static list => list.GetArrayLength() > 0)).EnumerateArray().ShouldHaveSingleItem();

        Text(sender, "version").ShouldBe(version);
        Text(sender, "userName").ShouldBe(installation);
        Text(sender, "installation").ShouldBe(installation);
        Text(sender, "osType").ShouldBeNull();
        Text(sender, "lastTracesAt").ShouldBeNull();
        sender.GetProperty("sendsPrompts").GetBoolean().ShouldBeFalse();
        sender.GetProperty("sendsToolDetails").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task List_WithoutSystem_HoldsThoseOfAll()
    {
        var (one, other) = (await fixture.App.CreateSystemAsync(), await fixture.App.CreateSystemAsync());
        foreach (var system in new[] { one, other })
        {
            await fixture.App.PostRecordingAsync("json-options", RecordingOrder.Recorded, await fixture.App.CreateTokenAsync(system));
            await ListAsync(system, static list => list.GetArrayLength() > 0);
        }

        using var admin = await fixture.App.LoginAsync();
        var all = await admin.GetFromJsonAsync<JsonElement>("/api/v1/senders");
        all.EnumerateArray().Select(static sender => sender.GetProperty("systemId").GetGuid()).Distinct().ShouldBeSubsetOf(
            (await admin.GetFromJsonAsync<JsonElement>("/api/v1/systems")).EnumerateArray().Select(static system => system.GetProperty("id").GetGuid()));
        all.EnumerateArray().Count(sender => sender.GetProperty("systemId").GetGuid() == one || sender.GetProperty("systemId").GetGuid() == other).ShouldBeGreaterThanOrEqualTo(2);
        (await admin.GetFromJsonAsync<JsonElement>($"/api/v1/senders?systemId={Guid.NewGuid()}")).GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("system=x", "system")]
    [InlineData("systemId=x", "systemId")]
    public async Task List_WhatCantBe_IsNamed(string query, string parameter)
    {
        using var admin = await fixture.App.LoginAsync();

        using var response = await admin.GetAsync($"/api/v1/senders?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(parameter);
    }

    [Fact]
    public async Task List_NotAnAdmin_MayNot()
    {
        const string Email = "senders-member@example.com";
        using var scope = fixture.App.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser { UserName = Email, Email = Email };
        (await users.CreateAsync(user, ActivityLogApp.AdminPassword)).Succeeded.ShouldBeTrue();
        (await users.AddToRoleAsync(user, Roles.Lead)).Succeeded.ShouldBeTrue();
        using var lead = await fixture.App.LoginAsync(Email);

        using var response = await lead.GetAsync("/api/v1/senders");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Refused_ThenStarted_IsStillCountedAndSoIsTheTokensUse()
    {
        await using var app = await ActivityLogApp.StartAsync(Engine);
        var systemId = await app.CreateSystemAsync();
        var token = await app.CreateTokenAsync(systemId);
        await app.PostRecordingAsync("json-options", RecordingOrder.Recorded, token);
        for (var i = 0; i < 3; i++)
        {
            await RefuseAsync(app, token);
        }

        // The last of them came just before the end.
        await app.RestartAsync();
        await RefuseAsync(app, token);

        var systemKey = (await app.Services.GetRequiredService<ISystemStore>().GetAsync(systemId, CancellationToken.None))!.Key;
        var refusal = (await app.Services.GetRequiredService<RefusalReader>().ListOfSystemAsync(systemKey, CancellationToken.None)).ShouldHaveSingleItem();
        (refusal.Count, refusal.StatusCode, refusal.Source).ShouldBe((4, 415, "127.0.0.1"));
        var hours = await app.Services.GetRequiredService<ITokenUseStore>().ListAsync(systemKey, DateTime.UnixEpoch, CancellationToken.None);
        hours.Sum(static hour => hour.Requests).ShouldBe(Recording.Load("json-options").Requests.Count);
        hours.Sum(static hour => hour.Records).ShouldBeGreaterThan(0);
        hours.ShouldAllBe(static hour => hour.Address == "127.0.0.1");
    }

    private Core.Storage.StorageEngine Engine => fixture is PostgresAppFixture ? Core.Storage.StorageEngine.Postgres : Core.Storage.StorageEngine.Sqlite;

    private static async Task RefuseAsync(ActivityLogApp app, string token)
    {
        using var client = app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = new StringContent("x"), Headers = { Authorization = new("Bearer", token) } };
        using var response = await client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    private async Task<JsonElement> ListAsync(Guid system, Func<JsonElement, bool> isThere)
    {
        using var admin = await fixture.App.LoginAsync();
        // Stored every few seconds.
        var deadline = TimeProvider.System.GetUtcNow() + s_patience;
        JsonElement list;
        do
        {
            await Task.Delay(200);
            list = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/senders?systemId={system}");
        }
        while (!isThere(list) && TimeProvider.System.GetUtcNow() < deadline);
        isThere(list).ShouldBeTrue(list.ToString());
        return list;
    }

    private static bool HasAllSignals(JsonElement sender) =>
        new[] { "lastLogsAt", "lastTracesAt", "lastMetricsAt" }.All(name => sender.GetProperty(name).ValueKind == JsonValueKind.String);

    private static string? Text(JsonElement sender, string name) => sender.GetProperty(name).GetString();
}

public sealed class SqliteSenderEndpointsTests(SqliteAppFixture fixture) : SenderEndpointsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresSenderEndpointsTests(PostgresAppFixture fixture) : SenderEndpointsTests(fixture), IClassFixture<PostgresAppFixture>;
