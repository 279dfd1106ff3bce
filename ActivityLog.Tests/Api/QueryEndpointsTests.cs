using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Accounts;
using ActivityLog.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Api;

/// <summary>What scripts read, from a recording posted over HTTP.</summary>
public abstract class QueryEndpointsTests(AppFixture fixture) : IAsyncLifetime
{
    private const string RecordingName = "json";

    private Guid _systemId;
    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _systemId = await fixture.App.CreateSystemAsync();
        await fixture.App.PostRecordingAsync(RecordingName, RecordingOrder.Recorded, await fixture.App.CreateTokenAsync(_systemId));
        _admin = await fixture.App.LoginAsync();
    }

    public Task DisposeAsync()
    {
        _admin.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Aggregate_CostByModel_IsWhatTheRecordingCost()
    {
        var answer = await GetAsync("messages/aggregate?type=ai.generation&groupBy=model&metric=sum(costMicrocents)&from=2020-01-01");

        answer.EnumerateObject().Select(static property => property.Name)
            .ShouldBe(["from", "to", "timeZone", "groupBy", "metrics", "rows", "truncated"]);
        answer.GetProperty("rows").EnumerateArray()
            .ToDictionary(static row => row.GetProperty("model").GetString()!, static row => row.GetProperty("sum(costMicrocents)").GetInt64())
            .ShouldBe(Recording.Load(RecordingName).Totals.Models.ToDictionary(static model => model.Key, static model => model.Value.CostMicrocents), ignoreOrder: true);
    }

    [Fact]
    public async Task Messages_PageAfterPage_AreAllOfThemOnceNewestFirst()
    {
        List<JsonElement> all = [];
        string? cursor = null;
        do
        {
            var page = await GetAsync($"messages?type=ai.generation&take=7{(cursor is null ? "" : $"&cursor={cursor}")}");
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        all.Select(static message => message.GetProperty("id").GetGuid()).Distinct().Count().ShouldBe(all.Count);
        all.Count.ShouldBe(Recording.Load(RecordingName).Totals.Usage.ApiRequests);
        all.Select(static message => message.GetProperty("occurredAt").GetDateTime()).ShouldBeInOrder(SortDirection.Descending);
        all.ShouldAllBe(static message => message.GetProperty("type").GetString() == "ai.generation");
    }

    [Fact]
    public async Task Message_ByItsId_IsTheOneOfTheListAndHasItsChildren()
    {
        var tool = (await GetAsync("messages?type=ai.tool&take=200")).GetProperty("items").EnumerateArray()
            .First(static message => message.GetProperty("parentId").ValueKind == JsonValueKind.String);
        var parent = tool.GetProperty("parentId").GetGuid();

        var generation = await ReadAsync($"messages/{parent}");
        var children = await ReadAsync($"messages/{parent}/children");

        generation.GetProperty("type").GetString().ShouldBe("ai.generation");
        children.GetProperty("items").EnumerateArray().Select(static child => child.GetProperty("id").GetGuid()).ShouldContain(tool.GetProperty("id").GetGuid());
    }

    [Theory]
    [InlineData("messages?Type=ai.generation", "Type", "Allowed: ")]
    [InlineData("messages?take=201", "take", "from 1 to 200")]
    [InlineData("messages?type=ai.generations", "type", "ai.generation,")]
    [InlineData("messages/aggregate?metric=sum(cost)", "metric", "costMicrocents")]
    [InlineData("messages/aggregate?metric=count()&from=yesterday", "from", "2026-05-01")]
    [InlineData("metrics/aggregate?metric=sum(value)", "name", "is required")]
    [InlineData("reports/cost-by-model?range=7d", "range", "Allowed: ")]
    [InlineData("reports/cost-by-model?format=xml", "format", "json, csv")]
    public async Task Get_ParameterThatCannotBe_Is400AndNamesIt(string path, string parameter, string hint)
    {
        using var response = await _admin.GetAsync($"/api/v1/{path}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(parameter);
        errors.GetProperty(parameter)[0].GetString()!.ShouldContain(hint);
    }

    [Theory]
    [InlineData("messages/00000000-0000-0000-0000-000000000000")]
    [InlineData("messages/00000000-0000-0000-0000-000000000000/children")]
    [InlineData("messages/nothing")]
    [InlineData("reports/nothing")]
    public async Task Get_WhatIsNotThere_Is404(string path)
    {
        using var response = await _admin.GetAsync($"/api/v1/{path}");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Report_AsJson_HasTheSumOfTheRecording()
    {
        var report = await GetAsync("reports/cost-by-model?from=2020-01-01&tz=Asia/Kolkata");

        report.GetProperty("timeZone").GetString().ShouldBe("Asia/Kolkata");
        report.GetProperty("total").GetProperty("costMicrocents").GetInt64().ShouldBe(Recording.Load(RecordingName).Totals.Usage.CostMicrocents);
    }

    [Theory]
    [InlineData("&format=csv", null)]
    [InlineData("", "text/csv")]
    [InlineData("&format=csv", "application/json")]
    public async Task Report_AsCsv_HasARowForEachRowOfTheJson(string format, string? accept)
    {
        var json = await GetAsync("reports/cost-by-model?from=2020-01-01");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/reports/cost-by-model?from=2020-01-01&systemId={_systemId}{format}");
        if (accept is not null)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        }

        using var response = await _admin.SendAsync(request);
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        lines[0].ShouldBe(string.Join(',', json.GetProperty("columns").EnumerateArray().Select(static column => column.GetProperty("name").GetString())));
        lines.Length.ShouldBe(1 + json.GetProperty("rows").GetArrayLength());
        var cost = Array.IndexOf(lines[0].Split(','), "costMicrocents");
        lines.Skip(1).Select(line => long.Parse(line.Split(',')[cost], CultureInfo.InvariantCulture))
            .ShouldBe(json.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("costMicrocents").GetInt64()));
    }

    [Fact]
    public async Task Anything_PersonWithoutAGrant_SeesNoMessage()
    {
        var id = (await GetAsync("messages?take=1")).GetProperty("items")[0].GetProperty("id").GetGuid();
        using var person = await LoginAsMemberAsync();

        var list = await person.GetFromJsonAsync<JsonElement>($"/api/v1/messages?systemId={_systemId}");
        var sums = await person.GetFromJsonAsync<JsonElement>("/api/v1/messages/aggregate?metric=count()");
        var report = await person.GetFromJsonAsync<JsonElement>("/api/v1/reports/cost-by-model");
        using var one = await person.GetAsync($"/api/v1/messages/{id}");
        using var children = await person.GetAsync($"/api/v1/messages/{id}/children");

        list.GetProperty("items").GetArrayLength().ShouldBe(0);
        sums.GetProperty("rows").EnumerateArray().Sum(static row => row.GetProperty("count()").GetInt64()).ShouldBe(0);
        report.GetProperty("rows").GetArrayLength().ShouldBe(0);
        one.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        children.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    // Within the System of this test.
    private Task<JsonElement> GetAsync(string path) => ReadAsync($"{path}&systemId={_systemId}");

    private async Task<JsonElement> ReadAsync(string path) => await _admin.GetFromJsonAsync<JsonElement>($"/api/v1/{path}");

    private async Task<HttpClient> LoginAsMemberAsync()
    {
        var email = $"{Guid.NewGuid():n}@example.com";
        await using var scope = fixture.App.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser { UserName = email, Email = email };
        (await users.CreateAsync(user, ActivityLogApp.AdminPassword)).Succeeded.ShouldBeTrue();
        (await users.AddToRoleAsync(user, Roles.Member)).Succeeded.ShouldBeTrue();
        return await fixture.App.LoginAsync(email);
    }
}

public sealed class SqliteQueryEndpointsTests(SqliteAppFixture fixture) : QueryEndpointsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresQueryEndpointsTests(PostgresAppFixture fixture) : QueryEndpointsTests(fixture), IClassFixture<PostgresAppFixture>;
