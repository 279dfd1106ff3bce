using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.CostTruth;

/// <summary>What a System's messages add up to, read through the API that users have.</summary>
internal sealed class StoredUsage(HttpClient api, Guid systemId)
{
    private const string Usage = "count(),sum(inputTokens),sum(outputTokens),sum(cacheReadTokens),sum(cacheCreateTokens),sum(costMicrocents)";

    /// <summary>Fails unless a recording's totals, and nothing else, is there.</summary>
    public async Task AssertAsync(RecordingTotals totals)
    {
        await AssertUsageAsync(totals.Users, totals.Models);

        (await NumberAsync("metric=distinct(promptId)")).ShouldBe(totals.Prompts);
        (await NumberAsync("type=ai.prompt&metric=distinct(sessionId)")).ShouldBe(totals.SessionsWithPrompts);
        (await ToolResultsAsync()).ShouldBe(totals.ToolResults, ignoreOrder: true);
    }

    /// <summary>Fails unless the generations add up to this.</summary>
    public async Task AssertUsageAsync(IReadOnlyDictionary<string, UsageTotals> users, IReadOnlyDictionary<string, UsageTotals> models)
    {
        (await UsageByAsync("userName")).ShouldBe(AsAnswered(users), ignoreOrder: true);
        (await UsageByAsync("metadata.user.name")).ShouldBe(AsAnswered(users), ignoreOrder: true);
        (await UsageByAsync("model")).ShouldBe(AsAnswered(models), ignoreOrder: true);
    }

    /// <summary>Uses of tools, good and failed, by the name that events have for them.</summary>
    public async Task<Dictionary<string, int>> ToolResultsAsync()
    {
        var tools = await RowsAsync("type=ai.tool&status=ok&status=error&groupBy=metadata.tool_name&metric=count()");
        return tools.ToDictionary(static row => row.GetProperty("metadata.tool_name").GetString()!, static row => row.GetProperty("count()").GetInt32());
    }

    /// <summary>What the reports say was spent, in microdollars: by calls, and by metrics where no call was told.</summary>
    public async Task<long> SpendAsync()
    {
        var report = await api.GetFromJsonAsync<JsonElement>($"/api/v1/reports/cost-by-user?from=2026-05-01&systemId={systemId}");
        return report.GetProperty("total").GetProperty("costMicrocents").GetInt64();
    }

    /// <summary>The one number that a query answers.</summary>
    public async Task<long> NumberAsync(string query)
    {
        var row = (await RowsAsync(query)).ShouldHaveSingleItem();
        return row.EnumerateObject().Single().Value.GetInt64();
    }

    // The API answers microdollars, rounded once; nanodollars stay inside.
    private static Dictionary<string, UsageTotals> AsAnswered(IReadOnlyDictionary<string, UsageTotals> totals) =>
        totals.ToDictionary(static t => t.Key, static t => t.Value with { CostNanodollars = 0 });

    private async Task<Dictionary<string, UsageTotals>> UsageByAsync(string group)
    {
        var rows = await RowsAsync($"type=ai.generation&groupBy={group}&metric={Usage}&from=2026-05-01");
        return rows.ToDictionary(row => row.GetProperty(group).GetString()!, static row => new UsageTotals(
            row.GetProperty("count()").GetInt32(),
            row.GetProperty("sum(inputTokens)").GetInt64(),
            row.GetProperty("sum(outputTokens)").GetInt64(),
            row.GetProperty("sum(cacheReadTokens)").GetInt64(),
            row.GetProperty("sum(cacheCreateTokens)").GetInt64(),
            CostNanodollars: 0,
            row.GetProperty("sum(costMicrocents)").GetInt64()));
    }

    private async Task<List<JsonElement>> RowsAsync(string query)
    {
        using var response = await api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/messages/aggregate?systemId={systemId}&{query}"));
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        return [.. JsonSerializer.Deserialize<JsonElement>(text).GetProperty("rows").EnumerateArray()];
    }
}
