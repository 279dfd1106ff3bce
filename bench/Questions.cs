using System.Text.Json;

namespace ActivityLog.Bench;

/// <summary>What people ask: every report that the server has, and the pages' other questions; beside them plain SQL that reads the same raw rows.</summary>
internal sealed class Questions(IReportsDatabase database, IReadOnlyList<string> slugs)
{
    // The first that the database has.
    private const int SystemKey = 1;
    private const int Generation = 2;
    private const int Tool = 3;
    private const int Prompt = 5;
    private const int Error = 8;
    private const string ByMetadata = "cost-by-metadata";
    private const string Pinned = "vcs.repository.url.full";
    private const string Usage = "count(*), sum(cost_nanodollars), sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_create_tokens)";

    /// <summary>The reports, for the last so many days of the year.</summary>
    public IEnumerable<Question> Reports(int days)
    {
        foreach (var slug in slugs)
        {
            var key = slug == ByMetadata ? $"key={Pinned}&" : "";
            yield return new(slug, $"/api/v1/reports/{slug}?{key}{Range(days)}", SqlOf(slug, days));
        }

        if (slugs.Contains(ByMetadata))
        {
            yield return new($"{ByMetadata}, a key that isn't pinned", $"/api/v1/reports/{ByMetadata}?key=effort&{Range(days)}", ByOwn("effort", days));
        }
    }

    /// <summary>What the other pages and scripts ask.</summary>
    /// <param name="days">The last so many days of the year.</param>
    /// <param name="session">A session.</param>
    public IEnumerable<Question> Others(int days, string session) =>
    [
        new("sessions, dearest first", $"/api/v1/sessions?sort=cost&{Range(days)}", Sql("session_id", $"{Usage}, min(occurred_at), max(occurred_at)", "session_id is not null", days) + " order by 3 desc limit 50"),
        new("sessions, latest first", $"/api/v1/sessions?sort=time&{Range(days)}"),
        new("a session", $"/api/v1/sessions/{Uri.EscapeDataString(session)}"),
        new("its messages", $"/api/v1/messages?sessionId={Uri.EscapeDataString(session)}&take=200"),
        new("feed", $"/api/v1/messages?take=100&{Range(days)}", $"select * from messages {Where("1 = 1", days)} order by occurred_at desc limit 100"),
        new("feed, failed tools", $"/api/v1/messages?type=ai.tool&status=error&take=100&{Range(days)}", $"select * from messages {Where($"type = {Tool} and status = 2", days)} order by occurred_at desc limit 100"),
        new("messages/aggregate by model and day", $"/api/v1/messages/aggregate?type=ai.generation&groupBy=model,day&metric=sum(costMicrocents),count()&take=1000&{Range(days)}", Sql(["model_id", database.Day], Usage, $"type = {Generation}", days)),
        new("messages/aggregate by an attribute over raw rows", $"/api/v1/messages/aggregate?type=ai.generation&groupBy=metadata.effort&metric=sum(costMicrocents),count()&{Range(days)}", ByOwn("effort", days)),
    ];

    /// <summary>The last so many days of the year, as the API's parameters have them.</summary>
    public static string Range(int days) => $"from={From(days):yyyy-MM-dd}&to={From(0).AddDays(-1):yyyy-MM-dd}";

    /// <summary>Slugs of all reports of a server.</summary>
    public static async Task<IReadOnlyList<string>> SlugsAsync(HttpClient client)
    {
        using var list = JsonDocument.Parse(await client.GetStringAsync("/api/v1/reports"));
        return [.. list.RootElement.EnumerateArray().Select(static report => report.GetProperty("slug").GetString()!)];
    }

    /// <summary>The session that cost most.</summary>
    public static async Task<string> DearestSessionAsync(HttpClient client, int days)
    {
        using var list = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/sessions?sort=cost&take=1&{Range(days)}"));
        return list.RootElement.GetProperty("items")[0].GetProperty("sessionId").GetString()!;
    }

    private static DateOnly From(int days) => ReportsMeasure.First.AddDays(ReportsMeasure.Days - days);

    private string? SqlOf(string slug, int days)
    {
        var calls = $"type = {Generation}";
        return slug switch
        {
            "cost-by-model" => Sql("model_id", Usage, calls, days),
            "cost-by-user" or "tokens-by-user" or "cache-by-user" => Sql("user_id", Usage, calls, days),
            "cost-by-day" or "tokens-by-day" or "cache-by-day" => Sql(database.Day, Usage, calls, days),
            "cost-by-model-and-day" => Sql(["model_id", database.Day], Usage, calls, days),
            "cost-by-user-and-day" => Sql(["user_id", database.Day], Usage, calls, days),
            "cost-by-repository" or ByMetadata => BySet(Pinned, days),
            "sessions-by-day" => Sql(database.Day, $"count(distinct session_key), count(distinct user_id), {Usage}", $"type in ({Generation}, {Prompt})", days),
            "dearest-sessions" => Sql("session_key", Usage, calls, days) + " order by 3 desc limit 50",
            "dearest-prompts" => Sql("prompt_id", Usage, calls, days) + " order by 3 desc limit 50",
            "tools" => Sql("tool_id", $"count(*), sum(case when status = 2 then 1 else 0 end){Percentiles("duration_ms")}", $"type = {Tool}", days),
            "tools-by-user" => Sql("user_id", "count(*), sum(case when status = 2 then 1 else 0 end)", $"type = {Tool}", days),
            "api-by-model" => Sql("model_id", $"sum(case when type = {Error} then 1 else 0 end), count(*){Percentiles("duration_ms")}{Percentiles("ttft_ms")}", $"type in ({Generation}, {Error})", days),
            _ => null,
        };
    }

    // SQLite has none.
    private string Percentiles(string column) => database is PostgresReports
        ? $", percentile_cont(array[0.5, 0.95]) within group (order by {column})"
        : "";

    private string ByOwn(string name, int days) => Sql(database.Attribute("metadata", name), Usage, $"type = {Generation}", days);

    private string BySet(string name, int days) =>
        $"select {database.Attribute("s.attributes", name)}, sum(m.calls), sum(m.cost) from (select attribute_set_key, count(*) as calls, sum(cost_nanodollars) as cost "
        + $"from messages {Where($"type = {Generation}", days)} group by 1) m join attribute_sets s on s.system_key = {SystemKey} and s.set_key = m.attribute_set_key group by 1";

    private static string Sql(string group, string numbers, string condition, int days) => Sql([group], numbers, condition, days);

    private static string Sql(string[] groups, string numbers, string condition, int days) =>
        $"select {string.Join(", ", groups)}, {numbers} from messages {Where(condition, days)} group by {string.Join(", ", Enumerable.Range(1, groups.Length))}";

    private static string Where(string condition, int days) =>
        $"where system_key = {SystemKey} and {condition} and occurred_at >= {Microseconds(From(days))} and occurred_at < {Microseconds(From(0))}";

    private static long Microseconds(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return (TimeZoneInfo.ConvertTimeToUtc(local, TimeZoneInfo.FindSystemTimeZoneById(ReportsMeasure.Zone)) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
