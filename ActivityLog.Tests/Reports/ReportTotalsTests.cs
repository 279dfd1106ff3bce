using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Core.Pricing;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Reports;

/// <summary>
/// Every report, over the API, as JSON and as CSV, adds up to what the real CLI sent, to the last microdollar, in several time zones: of Lord Howe with a half-hour
/// offset and clocks that change by half an hour within the range.
/// </summary>
public abstract class ReportTotalsTests(AppFixture fixture) : IAsyncLifetime
{
    private static readonly StretchedRecording s_recording = new();

    private static readonly string[] s_zones = ["Australia/Lord_Howe", "Asia/Kathmandu", "America/New_York"];

    private Guid _system;
    private HttpClient? _api;

    public static TheoryData<string> Zones => [.. s_zones];

    public async Task InitializeAsync()
    {
        _system = await fixture.App.CreateSystemAsync();
        _api = await fixture.App.LoginAsync();
        var token = await fixture.App.CreateTokenAsync(_system);
        using var client = fixture.App.CreateClient();
        foreach (var request in s_recording.Requests)
        {
            using var message = request.ToHttp(token);
            using var response = await client.SendAsync(message);
            ((int)response.StatusCode).ShouldBe(200);
        }
    }

    public Task DisposeAsync()
    {
        _api?.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task Report_OfARecording_AddsUpToItsTotals(string zone)
    {
        var expected = Totals();
        var usage = s_recording.Totals.Usage;
        var slugs = (await _api!.GetFromJsonAsync<JsonElement>("/api/v1/reports")).EnumerateArray().Select(static report => report.GetProperty("slug").GetString()!).ToList();
        slugs.Count.ShouldBeGreaterThanOrEqualTo(20);
        foreach (var slug in slugs)
        {
            var report = await GetAsync(slug, zone);
            // The dearest are some of all: their total leaves open what it can't tell of the others.
            foreach (var cell in report.GetProperty("total").EnumerateObject()
                .Where(cell => expected.ContainsKey(cell.Name) && !(slug.StartsWith("dearest-", StringComparison.Ordinal) && cell.Value.ValueKind == JsonValueKind.Null)))
            {
                (slug, cell.Name, cell.Value.GetDouble()).ShouldBe((slug, cell.Name, expected[cell.Name]));
            }

            await AssertRowsAsync(slug, zone, report);
        }

        (await GetAsync("tokens-by-user", zone)).GetProperty("total").GetProperty("tokens").GetInt64()
            .ShouldBe(usage.InputTokens + usage.OutputTokens + usage.CacheReadTokens + usage.CacheCreationTokens);
    }

    public static TheoryData<string> Recordings => Recording.Theory;

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Report_OfEachRecordingAsItCame_AddsUpToItsTotalsInEachZone(string name)
    {
        var system = await fixture.App.CreateSystemAsync();
        await fixture.App.PostRecordingAsync(name, RecordingOrder.Recorded, await fixture.App.CreateTokenAsync(system));
        await fixture.App.SettleAsync();
        var usage = Recording.Load(name).Totals.Usage;
        var expected = new Dictionary<string, long>
        {
            ["costMicrocents"] = usage.CostMicrocents,
            ["calls"] = usage.ApiRequests,
            ["inputTokens"] = usage.InputTokens,
            ["outputTokens"] = usage.OutputTokens,
            ["cacheReadTokens"] = usage.CacheReadTokens,
            ["cacheCreateTokens"] = usage.CacheCreationTokens,
            ["uses"] = Recording.Load(name).Totals.ToolResults.Values.Sum(),
        };
        foreach (var zone in s_zones)
        {
            foreach (var slug in (await _api!.GetFromJsonAsync<JsonElement>("/api/v1/reports")).EnumerateArray().Select(static report => report.GetProperty("slug").GetString()!))
            {
                var report = await _api!.GetFromJsonAsync<JsonElement>($"/api/v1/reports/{slug}?tz={zone}&systemId={system}{(slug == "cost-by-metadata" ? "&key=terminal.type" : "")}");
                foreach (var cell in report.GetProperty("total").EnumerateObject().Where(cell => expected.ContainsKey(cell.Name) && cell.Value.ValueKind == JsonValueKind.Number))
                {
                    (zone, slug, cell.Name, cell.Value.GetInt64()).ShouldBe((zone, slug, cell.Name, expected[cell.Name]));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task Report_ByDay_HasWhatTheCallsOfEachDayCost(string zone)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var days = s_recording.Calls.GroupBy(call => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(call.At, clock)))
            .ToDictionary(static day => day.Key.ToString("O", CultureInfo.InvariantCulture), static day => Nanodollars.ToMicrodollars(day.Sum(static call => call.Cost)));
        days.Count.ShouldBeGreaterThan(8);

        foreach (var slug in new[] { "cost-by-day", "sessions-by-day", "code-by-day" })
        {
            var rows = (await GetAsync(slug, zone)).GetProperty("rows").EnumerateArray();
            rows.Select(static row => (Day: row.GetProperty("day").GetString()!, Cost: row.GetProperty("costMicrocents").GetInt64())).Where(static row => row.Cost != 0)
                .ToDictionary(static row => row.Day, static row => row.Cost).ShouldBe(days, ignoreOrder: true, slug);
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task Report_ByModelAndUser_HasTheRowsOfTheTotals(string zone)
    {
        var models = (await GetAsync("cost-by-model", zone)).GetProperty("rows").EnumerateArray();
        var users = (await GetAsync("cost-by-user", zone)).GetProperty("rows").EnumerateArray();
        var tools = (await GetAsync("tools", zone)).GetProperty("rows").EnumerateArray();

        models.ToDictionary(static row => row.GetProperty("model").GetString()!, UsageOf).ShouldBe(AsAnswered(s_recording.Totals.Models), ignoreOrder: true);
        users.ToDictionary(static row => row.GetProperty("user").GetString()!, UsageOf).ShouldBe(AsAnswered(s_recording.Totals.Users), ignoreOrder: true);
        // Events name every tool of a server alike; where a span told, its own name is known.
        tools.Select(static row => (Tool: row.GetProperty("tool").GetString()!, Uses: row.GetProperty("uses").GetInt32())).Where(static row => row.Uses > 0)
            .ToDictionary(static row => row.Tool.StartsWith("mcp__", StringComparison.Ordinal) ? "mcp_tool" : row.Tool, static row => row.Uses)
            .ShouldBe(s_recording.Totals.ToolResults.ToDictionary(), ignoreOrder: true);
    }

    private static Dictionary<string, double> Totals()
    {
        var usage = s_recording.Totals.Usage;
        return new(StringComparer.Ordinal)
        {
            ["costMicrocents"] = usage.CostMicrocents,
            ["calls"] = usage.ApiRequests,
            ["inputTokens"] = usage.InputTokens,
            ["outputTokens"] = usage.OutputTokens,
            ["cacheReadTokens"] = usage.CacheReadTokens,
            ["cacheCreateTokens"] = usage.CacheCreationTokens,
            ["uses"] = s_recording.Totals.ToolResults.Values.Sum(),
            ["sessions"] = s_recording.Sessions,
            ["prompts"] = s_recording.Prompts,
            ["people"] = s_recording.Totals.Users.Count,
            ["activeSeconds"] = Math.Round(s_recording.Metric("claude_code.active_time.total"), 6),
            ["linesAdded"] = s_recording.Metric("claude_code.lines_of_code.count", "type", "added"),
            ["linesRemoved"] = s_recording.Metric("claude_code.lines_of_code.count", "type", "removed"),
            ["commits"] = s_recording.Metric("claude_code.commit.count"),
            ["pullRequests"] = s_recording.Metric("claude_code.pull_request.count"),
            ["editsAccepted"] = s_recording.Metric("claude_code.code_edit_tool.decision", "decision", "accept"),
            ["editsRejected"] = s_recording.Metric("claude_code.code_edit_tool.decision", "decision", "reject"),
        };
    }

    // The CSV has the rows of the JSON, and what can be added up in them adds up to the total: not of some of the prompts, of sessions of several days, nor of
    // what is told three times.
    private async Task AssertRowsAsync(string slug, string zone, JsonElement report)
    {
        var columns = report.GetProperty("columns").EnumerateArray().Select(static column => (Name: column.GetProperty("name").GetString()!, Kind: column.GetProperty("kind").GetString()!)).ToList();
        var rows = report.GetProperty("rows").EnumerateArray().ToList();
        rows.ShouldNotBeEmpty(slug);
        var lines = (await _api!.GetStringAsync(Address(slug, zone) + "&format=csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe(string.Join(',', columns.Select(static column => column.Name)));
        lines.Skip(1).ShouldBe(rows.Select(row => string.Join(',', columns.Select(column => Csv(row.GetProperty(column.Name))))), slug);

        var areAll = slug is not ("dearest-prompts" or "sessions-by-day" or "is-it-right");
        foreach (var (name, _) in columns.Where(column => areAll && column.Kind is "tokens" or "count" && !column.Name.StartsWith("previous", StringComparison.Ordinal)))
        {
            var total = report.GetProperty("total").GetProperty(name);
            if (areAll && total.ValueKind == JsonValueKind.Number)
            {
                (slug, name, rows.Sum(row => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } cell ? cell.GetInt64() : 0)).ShouldBe((slug, name, total.GetInt64()));
            }
        }
    }

    private static string Csv(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String when cell.TryGetDateTime(out _) && cell.GetString()!.Length > 10 => cell.GetString()!,
        JsonValueKind.String => $"\"{cell.GetString()}\"",
        _ => cell.GetRawText(),
    };

    private static UsageTotals UsageOf(JsonElement row) => new(
        row.GetProperty("calls").GetInt32(),
        row.GetProperty("inputTokens").GetInt64(),
        row.GetProperty("outputTokens").GetInt64(),
        row.GetProperty("cacheReadTokens").GetInt64(),
        row.GetProperty("cacheCreateTokens").GetInt64(),
        CostNanodollars: 0,
        row.GetProperty("costMicrocents").GetInt64());

    private static Dictionary<string, UsageTotals> AsAnswered(IReadOnlyDictionary<string, UsageTotals> totals) =>
        totals.ToDictionary(static total => total.Key, static total => total.Value with { CostNanodollars = 0 });

    private async Task<JsonElement> GetAsync(string slug, string zone)
    {
        using var response = await _api!.GetAsync(Address(slug, zone));
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, $"{slug}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private string Address(string slug, string zone) =>
        $"/api/v1/reports/{slug}?{StretchedRecording.Range}&tz={zone}&systemId={_system}{(slug == "cost-by-metadata" ? "&key=terminal.type" : "")}";
}

public sealed class SqliteReportTotalsTests(SqliteAppFixture fixture) : ReportTotalsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresReportTotalsTests(PostgresAppFixture fixture) : ReportTotalsTests(fixture), IClassFixture<PostgresAppFixture>;
