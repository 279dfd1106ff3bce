using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ActivityLog.Core.Accounts;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Settings;

/// <summary>What admins choose for the whole installation: who may, what can be, and what reports say afterwards.</summary>
public abstract class SettingsEndpointsTests(AppFixture fixture) : IAsyncLifetime
{
    // In Kolkata it is the day after.
    private static readonly DateTime s_evening = new(2026, 5, 1, 20, 0, 0, DateTimeKind.Utc);

    private readonly ActivityLogApp _app = fixture.App;
    private HttpClient _admin = null!;
    private MonitoredSystem _system = null!;

    public async Task InitializeAsync()
    {
        _admin = await _app.LoginAsync();
        _system = (await _app.Services.GetRequiredService<ISystemStore>().GetAsync(await _app.CreateSystemAsync(), CancellationToken.None))!;
    }

    public Task DisposeAsync()
    {
        _admin.Dispose();
        return Task.CompletedTask;
    }

    public static TheoryData<string, string, string> Routes => new()
    {
        { "GET", "settings", "" },
        { "PUT", "settings", """{"timeZone":"Asia/Kolkata"}""" },
        { "GET", "settings/summaries", "" },
        { "PUT", "settings/summaries", """{"pinnedKeys":["team"]}""" },
        { "GET", "people", "" },
        { "PUT", "people/alias", """{"name":"a","aliasOf":"b"}""" },
    };

    [Fact]
    public async Task Put_TimeZone_IsThatOfReportsThatNameNone()
    {
        await AppendAsync(A.Generation(_system, "a", with: static m => (m.OccurredAt, m.StartedAt) = (s_evening, s_evening)));
        var before = await ReadAsync("settings");

        (await PutAsync("settings", """{"timeZone":"Asia/Kolkata"}""")).ToString().ShouldBe("""{"timeZone":"Asia/Kolkata","timeZoneIsChosen":true}""");

        (await ReadAsync("settings")).ToString().ShouldBe("""{"timeZone":"Asia/Kolkata","timeZoneIsChosen":true}""");
        await AssertDayAsync("Asia/Kolkata", "2026-05-02");
        await Soon.TrueAsync(async () => (await ReadAsync("settings/summaries")).GetProperty("daysOf").GetString() == "Asia/Kolkata");
        await AssertDayAsync("Asia/Kolkata", "2026-05-02");

        await PutAsync("settings", """{"timeZone":"Pacific/Honolulu"}""");
        await AssertDayAsync("Pacific/Honolulu", "2026-05-01");

        (await PutAsync("settings", """{"timeZone":null}""")).ToString().ShouldBe($$"""{"timeZone":"{{before.GetProperty("timeZone").GetString()}}","timeZoneIsChosen":false}""");
    }

    [Theory]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "timeZone", "Europe/Berlin")]
    [InlineData("""{"timeZone":""}""", "timeZone", "Europe/Berlin")]
    [InlineData("""{"timeZone":"W. Europe Standard Time"}""", "timeZone", "Europe/Berlin")]
    public async Task Put_NoTimeZone_SaysWhatIsAllowedAndChangesNothing(string body, string field, string allowed)
    {
        var before = (await ReadAsync("settings")).ToString();

        await AssertRefusedAsync("settings", body, field, allowed);

        (await ReadAsync("settings")).ToString().ShouldBe(before);
    }

    [Theory]
    [InlineData("""{"pinnedKeys":null}""", "a list of names")]
    [InlineData("""{}""", "a list of names")]
    [InlineData("""{"pinnedKeys":[null]}""", "a list of names")]
    [InlineData("""{"pinnedKeys":["team\"id"]}""", "without quotes")]
    [InlineData("""{"pinnedKeys":[""]}""", "from 1 to")]
    [InlineData("""{"pinnedKeys":["a","b","c","d","e","f","g","h","i","j","k"]}""", "At most 10")]
    public async Task Put_NoKeys_SaysWhatIsAllowedAndChangesNothing(string body, string allowed)
    {
        var before = (await ReadAsync("settings/summaries")).GetProperty("pinnedKeys").ToString();

        await AssertRefusedAsync("settings/summaries", body, "pinnedKeys", allowed);

        (await ReadAsync("settings/summaries")).GetProperty("pinnedKeys").ToString().ShouldBe(before);
    }

    [Theory]
    [InlineData("settings", """{"zone":"UTC"}""")]
    [InlineData("settings", "timeZone=UTC")]
    [InlineData("settings/summaries", """{"pinned":["team"]}""")]
    [InlineData("settings/summaries", """{"pinnedKeys":"team"}""")]
    [InlineData("people/alias", """{"name":"a","alias":"b"}""")]
    public async Task Put_WhatIsNotAskedFor_Is400(string path, string body)
    {
        using var response = await SendAsync(_admin, "PUT", path, body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Put_PinnedKeys_AreAnsweredFromSummariesWithTheNumbersOfTheMessages()
    {
        await AppendAsync(
            A.Generation(_system, "a", costNanodollars: 3_000_000, with: static m => m.Metadata = """{"guild":"core"}"""),
            A.Generation(_system, "b", costNanodollars: 2_000_000, with: static m => m.Metadata = """{"guild":"web"}"""),
            A.Generation(_system, "c", costNanodollars: 4_000_000, with: static m => m.Metadata = """{"guild":"core"}"""), A.Generation(_system, "d"));
        var pinned = (await ReadAsync("settings/summaries")).GetProperty("pinnedKeys").EnumerateArray().Select(static key => key.GetString()!).ToList();
        (await GuildsAsync()).ShouldBe(("messages", "core 7000, web 2000,  1000"));

        var view = await PutAsync("settings/summaries", JsonSerializer.Serialize(new { pinnedKeys = pinned.Append("guild") }));

        view.GetProperty("pinnedKeys").EnumerateArray().Select(static key => key.GetString()).ShouldContain("guild");
        (await GuildsAsync()).Sums.ShouldBe("core 7000, web 2000,  1000");
        await Soon.TrueAsync(async () => (await ReadAsync("settings/summaries")).GetProperty("readyKeys").EnumerateArray().Any(static key => key.GetString() == "guild"));
        (await GuildsAsync()).ShouldBe(("summaries", "core 7000, web 2000,  1000"));
        var report = await ReadAsync($"reports/cost-by-metadata?key=guild&systemId={_system.Id}&from=2026-05-01");
        report.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("costMicrocents").GetInt64()).ShouldBe([7_000, 2_000, 1_000]);

        await PutAsync("settings/summaries", JsonSerializer.Serialize(new { pinnedKeys = pinned }));
        (await GuildsAsync()).ShouldBe(("messages", "core 7000, web 2000,  1000"));
    }

    [Fact]
    public async Task Put_Alias_IsOnePersonInReportsFromThenOnUntilItIsTakenBack()
    {
        var (old, now) = ($"{Guid.NewGuid():n}@old.example", $"{Guid.NewGuid():n}@new.example");
        await AppendAsync(
            A.Generation(_system, "a", costNanodollars: 3_000_000, with: m => m.UserName = old),
            A.Generation(_system, "b", costNanodollars: 2_000_000, with: m => m.UserName = now));
        (await PeopleAsync()).ShouldBe([(old, 3_000), (now, 2_000)]);

        await SetAsync(JsonSerializer.Serialize(new { name = old, aliasOf = now }));

        (await PeopleAsync()).ShouldBe([(now, 5_000)]);
        (await ReadAsync($"reports/cost-by-model?user={old}&systemId={_system.Id}")).GetProperty("total").GetProperty("costMicrocents").GetInt64().ShouldBe(5_000);
        (await ReadAsync($"sessions?user={now}&systemId={_system.Id}")).GetProperty("items")[0].GetProperty("costMicrocents").GetInt64().ShouldBe(5_000);

        await SetAsync(JsonSerializer.Serialize(new { name = old, aliasOf = (string?)null }));
        (await PeopleAsync()).ShouldBe([(old, 3_000), (now, 2_000)]);

        await AssertRefusedAsync("people/alias", JsonSerializer.Serialize(new { name = old, aliasOf = old }), "aliasOf", "can't be an alias of itself");
        await AssertRefusedAsync("people/alias", JsonSerializer.Serialize(new { name = old, aliasOf = "nobody at all" }), "aliasOf", "Nobody has this name");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Anything_WithoutSignInOrWithAnIngestToken_Is401(string method, string path, string body)
    {
        using var nobody = _app.CreateClient();
        using var exporter = _app.CreateClient();
        exporter.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _app.CreateTokenAsync(_system.Id));

        using var unknown = await SendAsync(nobody, method, path, body);
        using var ingest = await SendAsync(exporter, method, path, body);

        (unknown.StatusCode, ingest.StatusCode).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Anything_ByAMember_IsReadAndNotChanged(string method, string path, string body)
    {
        using var member = await LoginAsMemberAsync();

        using var response = await SendAsync(member, method, path, body);

        response.StatusCode.ShouldBe(method == "GET" && path != "people" ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}");
        request.Content = method == "GET" ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await client.SendAsync(request);
    }

    private Task<TelemetryAppended> AppendAsync(params IReadOnlyList<Message> messages) =>
        _app.Services.GetRequiredService<ITelemetryStore>().AppendAsync([A.Batch(messages)], CancellationToken.None);

    private Task<JsonElement> ReadAsync(string path) => _admin.GetFromJsonAsync<JsonElement>($"/api/v1/{path}");

    private async Task<JsonElement> PutAsync(string path, string body)
    {
        using var response = await SendAsync(_admin, "PUT", path, body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task SetAsync(string body)
    {
        using var response = await SendAsync(_admin, "PUT", "people/alias", body);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private async Task AssertRefusedAsync(string path, string body, string field, string allowed)
    {
        using var response = await SendAsync(_admin, "PUT", path, body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().ShouldHaveSingleItem();
        error.Name.ShouldBe(field);
        error.Value[0].GetString()!.ShouldContain(allowed);
    }

    private async Task AssertDayAsync(string zone, string day)
    {
        var report = await ReadAsync($"reports/cost-by-day?systemId={_system.Id}&from=2026-04-30&to=2026-05-03");
        report.GetProperty("timeZone").GetString().ShouldBe(zone);
        report.GetProperty("rows").EnumerateArray().ShouldHaveSingleItem().GetProperty("day").GetString().ShouldBe(day);
    }

    private async Task<(string AnsweredFrom, string Sums)> GuildsAsync()
    {
        using var response = await _admin.GetAsync(
            $"/api/v1/messages/aggregate?systemId={_system.Id}&type=ai.generation&groupBy=metadata.guild&metric=sum(costMicrocents)&from=2026-05-01&to=2026-05-02");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var rows = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rows").EnumerateArray();
        return (
            response.Headers.GetValues("X-Answered-From").Single(),
            string.Join(", ", rows.Select(static row => $"{row.GetProperty("metadata.guild").GetString()} {row.GetProperty("sum(costMicrocents)").GetInt64()}")));
    }

    private async Task<List<(string User, long Cost)>> PeopleAsync() =>
    [
        .. (await ReadAsync($"reports/cost-by-user?systemId={_system.Id}")).GetProperty("rows").EnumerateArray()
            .Select(static row => (row.GetProperty("user").GetString()!, row.GetProperty("costMicrocents").GetInt64())),
    ];

    private async Task<HttpClient> LoginAsMemberAsync()
    {
        var email = $"{Guid.NewGuid():n}@example.com";
        await using var scope = _app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser { UserName = email, Email = email };
        (await users.CreateAsync(user, ActivityLogApp.AdminPassword)).Succeeded.ShouldBeTrue();
        (await users.AddToRoleAsync(user, Roles.Member)).Succeeded.ShouldBeTrue();
        return await _app.LoginAsync(email);
    }
}

public sealed class SqliteSettingsEndpointsTests(SqliteAppFixture fixture) : SettingsEndpointsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresSettingsEndpointsTests(PostgresAppFixture fixture) : SettingsEndpointsTests(fixture), IClassFixture<PostgresAppFixture>;
