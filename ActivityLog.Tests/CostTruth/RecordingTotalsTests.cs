using System.Globalization;
using System.Text.Json;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.CostTruth;

/// <summary>What the real CLI sent adds up to what it was counted to be, however it is posted: read through the API that users have.</summary>
public abstract class RecordingTotalsTests(AppFixture fixture)
{
    private const string Usage = "count(),sum(inputTokens),sum(outputTokens),sum(cacheReadTokens),sum(cacheCreateTokens),sum(costMicrocents)";

    private readonly ActivityLogApp _app = fixture.App;

    public static TheoryData<string, RecordingOrder> Postings
    {
        get
        {
            var postings = new TheoryData<string, RecordingOrder>();
            foreach (var name in Recording.Names.Append(Recording.Grpc))
            {
                foreach (var order in Enum.GetValues<RecordingOrder>())
                {
                    postings.Add(name, order);
                }
            }

            return postings;
        }
    }

    [Theory]
    [MemberData(nameof(Postings))]
    public async Task Recording_PostedInAnyOrder_AddsUpToItsTotals(string name, RecordingOrder order)
    {
        var systemId = await _app.CreateSystemAsync();

        await _app.PostRecordingAsync(name, order, await _app.CreateTokenAsync(systemId));

        await AssertTotalsAsync(systemId, Recording.Load(name).Totals);
    }

    [Fact]
    public async Task Recording_PostedOverSeveralConnectionsAtOnceAndTwice_AddsUpToItsTotals()
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);
        var recording = Recording.Load("protobuf");
        using var client = _app.CreateClient();

        await Parallel.ForEachAsync(recording.InOrder(RecordingOrder.Twice), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, cancellationToken) =>
        {
            using var message = request.ToHttp(token);
            using var response = await client.SendAsync(message, cancellationToken);
            ((int)response.StatusCode).ShouldBe(200);
        });

        await AssertTotalsAsync(systemId, recording.Totals);
    }

    [Fact]
    public async Task Recording_OfTwoSystems_NothingIsSharedBetweenThem()
    {
        var first = await _app.CreateSystemAsync();
        var second = await _app.CreateSystemAsync();

        await _app.PostRecordingAsync("protobuf-terminal", RecordingOrder.Recorded, await _app.CreateTokenAsync(first));
        await _app.PostRecordingAsync("protobuf-terminal", RecordingOrder.Recorded, await _app.CreateTokenAsync(second));

        await AssertTotalsAsync(first, Recording.Load("protobuf-terminal").Totals);
        await AssertTotalsAsync(second, Recording.Load("protobuf-terminal").Totals);
    }

    [Fact]
    public async Task Recording_AcrossARestart_AddsUpToItsTotals()
    {
        var systemId = await _app.CreateSystemAsync();
        var token = await _app.CreateTokenAsync(systemId);
        var recording = Recording.Load("protobuf");
        var half = recording.Requests.Count / 2;

        await PostAsync(recording.Requests.Skip(half), token);
        await _app.RestartAsync();
        await PostAsync(recording.Requests, token);

        await AssertTotalsAsync(systemId, recording.Totals);
    }

    private async Task PostAsync(IEnumerable<RecordedRequest> requests, string token)
    {
        using var client = _app.CreateClient();
        foreach (var request in requests)
        {
            using var message = request.ToHttp(token);
            using var response = await client.SendAsync(message);
            ((int)response.StatusCode).ShouldBe(200);
        }
    }

    private async Task AssertTotalsAsync(Guid systemId, RecordingTotals totals)
    {
        using var api = await _app.LoginAsync();

        (await UsageByAsync(api, systemId, "userName")).ShouldBe(AsAnswered(totals.Users), ignoreOrder: true);
        (await UsageByAsync(api, systemId, "metadata.user.name")).ShouldBe(AsAnswered(totals.Users), ignoreOrder: true);
        (await UsageByAsync(api, systemId, "model")).ShouldBe(AsAnswered(totals.Models), ignoreOrder: true);

        (await NumberAsync(api, systemId, "metric=distinct(promptId)")).ShouldBe(totals.Prompts);
        (await NumberAsync(api, systemId, "type=ai.prompt&metric=distinct(sessionId)")).ShouldBe(totals.SessionsWithPrompts);

        var tools = await RowsAsync(api, systemId, "type=ai.tool&status=ok&status=error&groupBy=metadata.tool_name&metric=count()");
        tools.ToDictionary(static row => row.GetProperty("metadata.tool_name").GetString()!, static row => row.GetProperty("count()").GetInt32())
            .ShouldBe(totals.ToolResults, ignoreOrder: true);
    }

    // The API answers microdollars, rounded once; nanodollars stay inside.
    private static Dictionary<string, UsageTotals> AsAnswered(IReadOnlyDictionary<string, UsageTotals> totals) =>
        totals.ToDictionary(static t => t.Key, static t => t.Value with { CostNanodollars = 0 });

    private static async Task<Dictionary<string, UsageTotals>> UsageByAsync(HttpClient api, Guid systemId, string group)
    {
        var rows = await RowsAsync(api, systemId, $"type=ai.generation&groupBy={group}&metric={Usage}&from=2026-05-01");
        return rows.ToDictionary(row => row.GetProperty(group).GetString()!, static row => new UsageTotals(
            row.GetProperty("count()").GetInt32(),
            row.GetProperty("sum(inputTokens)").GetInt64(),
            row.GetProperty("sum(outputTokens)").GetInt64(),
            row.GetProperty("sum(cacheReadTokens)").GetInt64(),
            row.GetProperty("sum(cacheCreateTokens)").GetInt64(),
            CostNanodollars: 0,
            row.GetProperty("sum(costMicrocents)").GetInt64()));
    }

    private static async Task<long> NumberAsync(HttpClient api, Guid systemId, string query)
    {
        var row = (await RowsAsync(api, systemId, query)).ShouldHaveSingleItem();
        return row.EnumerateObject().Single().Value.GetInt64();
    }

    private static async Task<List<JsonElement>> RowsAsync(HttpClient api, Guid systemId, string query)
    {
        using var response = await api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/messages/aggregate?systemId={systemId}&{query}"));
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        return [.. JsonSerializer.Deserialize<JsonElement>(text).GetProperty("rows").EnumerateArray()];
    }
}

public sealed class SqliteRecordingTotalsTests(SqliteAppFixture fixture) : RecordingTotalsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresRecordingTotalsTests(PostgresAppFixture fixture) : RecordingTotalsTests(fixture), IClassFixture<PostgresAppFixture>;
