using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Tests.Api;

/// <summary>Timelines and exports, over real HTTP.</summary>
public abstract class MessageExportTests(AppFixture fixture) : IAsyncLifetime
{
    private Guid _systemId;
    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _systemId = await fixture.App.CreateSystemAsync();
        _admin = await fixture.App.LoginAsync();
    }

    public Task DisposeAsync()
    {
        _admin.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Export_AsNdjson_IsWhatTheListAnswers()
    {
        await PostAsync("json");

        using var response = await GetAsync("messages/export?type=ai.generation&type=ai.tool");
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("messages.ndjson");
        var items = (await _admin.GetFromJsonAsync<JsonElement>($"/api/v1/messages?type=ai.generation&type=ai.tool&take=200&systemId={_systemId}"))
            .GetProperty("items").EnumerateArray().Select(static item => item.GetRawText()).ToList();
        items.Count.ShouldBeInRange(20, 199);
        lines.ShouldBe(items);
    }

    [Fact]
    public async Task Export_AsCsv_AddsUpToTheRecording()
    {
        await PostAsync("json");

        using var response = await GetAsync("messages/export?format=csv&type=ai.generation");
        var rows = Csv.Read(await response.Content.ReadAsStringAsync());

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("messages.csv");
        var usage = Recording.Load("json").Totals.Usage;
        rows.Count.ShouldBe(usage.ApiRequests);
        rows.Sum(static row => long.Parse(row["inputTokens"], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(usage.InputTokens);
        rows.ShouldAllBe(static row => row["type"] == "ai.generation" && row["status"] == "ok" && row["occurredAt"].EndsWith('Z'));
        JsonDocument.Parse(rows[0]["metadata"]).RootElement.GetProperty("session.id").GetString().ShouldBe(rows[0]["sessionId"]);
    }

    [Fact]
    public async Task Export_TextOfASender_StaysInItsCellAndIsNoFormula()
    {
        var system = await SystemAsync();
        await AppendAsync([A.Message(system, with: static m => m.Body = "=1+1, \"said\"\r\nand more")]);

        using var response = await GetAsync("messages/export?format=csv");

        Csv.Read(await response.Content.ReadAsStringAsync()).ShouldHaveSingleItem()["body"].ShouldBe("'=1+1, \"said\"\r\nand more");
    }

    [Fact]
    public async Task Export_MoreThanAPage_HasEachMessageOnceNewestFirst()
    {
        var system = await SystemAsync();
        // A thousand at one moment: the id decides.
        await AppendAsync([.. Enumerable.Range(0, 2500).Select(i => A.Message(system, minute: i < 1000 ? 0 : i))]);

        using var response = await GetAsync("messages/export?format=ndjson");
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();

        lines.Count.ShouldBe(2500);
        lines.Select(static line => line.GetProperty("id").GetGuid()).Distinct().Count().ShouldBe(2500);
        lines.Select(static line => line.GetProperty("occurredAt").GetDateTime()).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task Export_Nothing_IsAnEmptyFile()
    {
        using var lines = await GetAsync("messages/export?type=ai.tool");
        using var csv = await GetAsync("messages/export?type=ai.tool&format=csv");

        (await lines.Content.ReadAsStringAsync()).ShouldBeEmpty();
        Csv.Read(await csv.Content.ReadAsStringAsync()).ShouldBeEmpty();
        (await csv.Content.ReadAsStringAsync()).ShouldStartWith("id,systemId,");
    }

    [Theory]
    [InlineData("messages/export?format=xml", "format")]
    [InlineData("messages/export?take=5", "take")]
    [InlineData("messages/timeline?interval=day&metric=sum(cost)", "metric")]
    public async Task Get_ParameterThatCannotBe_Is400AndNamesIt(string path, string parameter)
    {
        using var response = await GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(parameter);
    }

    [Fact]
    public async Task Timeline_OfARecording_AddsUpToIt()
    {
        await PostAsync("json");

        using var response = await GetAsync("messages/timeline?interval=hour&type=ai.generation&metric=sum(costMicrocents),count()&from=2026-11-22&to=2026-11-22&tz=Asia/Kolkata");
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();

        answer.EnumerateObject().Select(static property => property.Name).ShouldBe(["from", "to", "timeZone", "groupBy", "metrics", "rows", "truncated"]);
        var rows = answer.GetProperty("rows").EnumerateArray().ToList();
        rows.Count.ShouldBe(24);
        rows[0].GetProperty("hour").GetString().ShouldBe("2026-11-22T00:00:00+05:30");
        rows.Sum(static row => row.GetProperty("count()").GetInt32()).ShouldBe(Recording.Load("json").Totals.Usage.ApiRequests);
    }

    private async Task PostAsync(string recording) =>
        await fixture.App.PostRecordingAsync(recording, RecordingOrder.Recorded, await fixture.App.CreateTokenAsync(_systemId));

    private Task<HttpResponseMessage> GetAsync(string path) =>
        _admin.GetAsync($"/api/v1/{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}systemId={_systemId}");

    private async Task<MonitoredSystem> SystemAsync() => (await fixture.App.Services.GetRequiredService<ISystemStore>().GetAsync(_systemId, CancellationToken.None))!;

    private Task<TelemetryAppended> AppendAsync(IReadOnlyList<Message> messages) =>
        fixture.App.Services.GetRequiredService<ITelemetryStore>().AppendAsync([A.Batch(messages)], CancellationToken.None);
}

public sealed class SqliteMessageExportTests(SqliteAppFixture fixture) : MessageExportTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresMessageExportTests(PostgresAppFixture fixture) : MessageExportTests(fixture), IClassFixture<PostgresAppFixture>;
