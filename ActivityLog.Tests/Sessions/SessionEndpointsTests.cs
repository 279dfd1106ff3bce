using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Tests.CostTruth.Once;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Sessions;

/// <summary>Sessions of what the real CLI sent, of which some were told by metrics alone, as scripts read them.</summary>
public abstract class SessionEndpointsTests(AppFixture fixture)
{
    private const string Name = "protobuf";

    private readonly ActivityLogApp _app = fixture.App;

    [Theory]
    [InlineData("cost")]
    [InlineData("time")]
    public async Task List_SomeSessionsToldByMetricsAlone_HasAllOfThemOnceWithTheirSource(string sort)
    {
        var pieces = Piece.Of(Recording.Load(Name));
        var calls = pieces.Where(Checks.ToldUsage.IsCallEvent).Select(static piece => piece.Session!).Distinct().Order(StringComparer.Ordinal).ToList();
        var byMetrics = calls.Where(static (_, i) => i % 2 == 0).ToHashSet();
        var system = await PostAsync(pieces.Where(piece => piece.Signal == "metrics" || piece.Session is null || !byMetrics.Contains(piece.Session)));
        using var api = await _app.LoginAsync();

        List<JsonElement> seen = [];
        string? cursor = null;
        do
        {
            var page = await api.GetFromJsonAsync<JsonElement>($"/api/v1/sessions?systemId={system}&sort={sort}&take=5{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        seen.Select(static session => session.GetProperty("sessionId").GetString()!).Where(calls.Contains).Order(StringComparer.Ordinal).ShouldBe(calls);
        seen.Where(static session => session.GetProperty("source").GetString() == "metrics").Select(static session => session.GetProperty("sessionId").GetString()!)
            .ShouldBe(byMetrics, ignoreOrder: true);
        // Each rounded by itself.
        var cost = Recording.Load(Name).Totals.Usage.CostMicrocents;
        seen.Sum(static session => session.GetProperty("costMicrocents").GetInt64()).ShouldBeInRange(cost - calls.Count, cost + calls.Count);
        if (sort == "cost")
        {
            var costs = seen.Select(static session => session.GetProperty("costMicrocents").GetInt64()).ToList();
            costs.ShouldBe(costs.OrderDescending());
        }

        foreach (var session in seen)
        {
            var one = await api.GetFromJsonAsync<JsonElement>($"/api/v1/sessions/{session.GetProperty("sessionId").GetString()}?systemId={system}");
            one.ToString().ShouldBe(session.ToString());
        }
    }

    private async Task<Guid> PostAsync(IEnumerable<Piece> pieces)
    {
        var system = await _app.CreateSystemAsync();
        using var client = _app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _app.CreateTokenAsync(system));
        foreach (var signal in pieces.GroupBy(static piece => piece.Signal))
        {
            using var content = new ByteArrayContent(Piece.Join(signal)) { Headers = { ContentType = new("application/x-protobuf") } };
            using var response = await client.PostAsync($"/v1/{signal.Key}", content);
            ((int)response.StatusCode).ShouldBe(200);
        }

        await _app.SettleAsync();
        return system;
    }
}

public sealed class SqliteSessionEndpointsTests(SqliteAppFixture fixture) : SessionEndpointsTests(fixture), IClassFixture<SqliteAppFixture>;

public sealed class PostgresSessionEndpointsTests(PostgresAppFixture fixture) : SessionEndpointsTests(fixture), IClassFixture<PostgresAppFixture>;
