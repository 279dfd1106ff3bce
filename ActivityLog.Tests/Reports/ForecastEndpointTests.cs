using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Reports;

/// <summary>What this month cost so far, and where it may end: as JSON and as CSV.</summary>
public abstract class ForecastEndpointTests(AppFixture fixture)
{
    private readonly ActivityLogApp _app = fixture.App;

    [Theory]
    [InlineData("UTC")]
    [InlineData("Australia/Lord_Howe")]
    public async Task Get_SpendOfSomeWeeks_IsTheMonthSoFarAndABandAroundItsEnd(string zone)
    {
        var system = await SpendAsync(days: 40);
        using var api = await _app.LoginAsync();

        var forecast = await api.GetFromJsonAsync<JsonElement>($"/api/v1/reports/forecast?systemId={system.Id}&tz={zone}");

        forecast.EnumerateObject().Select(static property => property.Name).ShouldBe(
            ["month", "today", "timeZone", "costMicrocents", "forecastMicrocents", "lowMicrocents", "highMicrocents", "explanation"]);
        forecast.GetProperty("timeZone").GetString().ShouldBe(zone);
        var (month, today) = (forecast.GetProperty("month").GetString()!, forecast.GetProperty("today").GetString()!);
        today.ShouldStartWith(month);
        var report = await api.GetFromJsonAsync<JsonElement>($"/api/v1/reports/cost-by-day?systemId={system.Id}&tz={zone}&from={month}-01&to={today}");
        var spent = forecast.GetProperty("costMicrocents").GetInt64();
        spent.ShouldBe(report.GetProperty("total").GetProperty("costMicrocents").GetInt64());
        spent.ShouldBeGreaterThan(0);
        var end = forecast.GetProperty("forecastMicrocents").GetInt64();
        forecast.GetProperty("lowMicrocents").GetInt64().ShouldBeInRange(spent, end);
        forecast.GetProperty("highMicrocents").GetInt64().ShouldBeGreaterThanOrEqualTo(end);
        forecast.GetProperty("explanation").GetString()!.ShouldContain("weekday");

        var csv = Csv.Read(await api.GetStringAsync($"/api/v1/reports/forecast?systemId={system.Id}&tz={zone}&format=csv")).ShouldHaveSingleItem();
        csv.Select(static cell => (cell.Key, cell.Value)).ShouldBe(forecast.EnumerateObject().SkipLast(1).Select(static property => (property.Name, property.Value.ToString())));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/reports/forecast?systemId={system.Id}") { Headers = { Accept = { new("text/csv") } } };
        using var accepted = await api.SendAsync(request);
        accepted.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
    }

    [Fact]
    public async Task Get_LessThanTwoWeeks_SaysWhatIsSpentAndNoForecast()
    {
        var system = await SpendAsync(days: 1);
        using var api = await _app.LoginAsync();

        var forecast = await api.GetFromJsonAsync<JsonElement>($"/api/v1/reports/forecast?systemId={system.Id}&tz=UTC");

        forecast.GetProperty("costMicrocents").GetInt64().ShouldBe(1_000);
        string[] names = ["forecastMicrocents", "lowMicrocents", "highMicrocents"];
        names.ShouldAllBe(name => forecast.GetProperty(name).ValueKind == JsonValueKind.Null);
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/reports/forecast?systemId={system.Id}&user=nobody")).GetProperty("costMicrocents").GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData("from=2026-05-01", "from")]
    [InlineData("to=2026-05-01", "to")]
    [InlineData("format=xml", "format")]
    [InlineData("tz=Mars/Olympus", "tz")]
    [InlineData("month=2026-05", "month")]
    public async Task Get_WhatCantBe_IsNamed(string query, string parameter)
    {
        using var api = await _app.LoginAsync();

        using var response = await api.GetAsync($"/api/v1/reports/forecast?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().ShouldHaveSingleItem();
        error.Name.ShouldBe(parameter);
        error.Value[0].GetString()!.ShouldContain(parameter == "tz" ? "IANA" : "Allowed");
    }

    [Fact]
    public async Task Get_WithoutSignInOrWithAnIngestToken_Is401()
    {
        using var nobody = _app.CreateClient();
        using var exporter = _app.CreateClient();
        exporter.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _app.CreateTokenAsync(await _app.CreateSystemAsync()));

        using var unknown = await nobody.GetAsync("/api/v1/reports/forecast");
        using var ingest = await exporter.GetAsync("/api/v1/reports/forecast");

        (unknown.StatusCode, ingest.StatusCode).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized));
    }

    [Theory]
    [InlineData("/api/v1/reports/forecast")]
    [InlineData("/api/v1/reports/{slug}")]
    public async Task Document_HasBothForms(string path)
    {
        using var api = await _app.LoginAsync();

        var operation = (await api.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths").GetProperty(path).GetProperty("get");

        var names = operation.GetProperty("parameters").EnumerateArray().Select(static parameter => parameter.GetProperty("name").GetString()).ToList();
        names.ShouldContain("tz");
        // A month is the one that it is.
        names.Contains("from").ShouldBe(!path.EndsWith("forecast", StringComparison.Ordinal));
        names.Contains("to").ShouldBe(names.Contains("from"));
        operation.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Select(static content => content.Name)
            .ShouldBe(["application/json", "text/csv; charset=utf-8"], ignoreOrder: true);
    }

    // A call a day up to now, dearer on every other one.
    private async Task<MonitoredSystem> SpendAsync(int days)
    {
        var system = (await _app.Services.GetRequiredService<ISystemStore>().GetAsync(await _app.CreateSystemAsync(), CancellationToken.None))!;
        var now = _app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await _app.Services.GetRequiredService<ITelemetryStore>().AppendAsync(
            [A.Batch([.. Enumerable.Range(0, days).Select(day => Call(system, now.AddDays(-day), day))])], CancellationToken.None);
        return system;
    }

    private static Message Call(MonitoredSystem system, DateTime at, int day) => A.Generation(
        system, day.ToString(CultureInfo.InvariantCulture), costNanodollars: 1_000_000 * (1 + (day % 2)), with: message => (message.OccurredAt, message.StartedAt) = (at, at));
}

public sealed class SqliteForecastEndpointTests(SqliteAppFixture fixture) : ForecastEndpointTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresForecastEndpointTests(PostgresAppFixture fixture) : ForecastEndpointTests(fixture), IClassFixture<PostgresAppFixture>;
