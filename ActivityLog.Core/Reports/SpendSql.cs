using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>
/// SQL of spend: of generations, and of what only metrics tell (DESIGN 5, rule 3). Both give rows with <c>d</c> day, <c>mo</c> model, <c>u</c> person,
/// <c>s</c> session key, <c>sid</c> session id, <c>t</c> latest time, <c>n</c> calls, and cost and tokens as halves <c>h0 l0 … h4 l4</c>, sums of which can't overflow.
/// </summary>
internal static class SpendSql
{
    /// <summary>Cost, input, output, cache read, cache write.</summary>
    public const int Amounts = 5;

    private const string CostMetric = "claude_code.cost.usage";
    private const string TokenMetric = "claude_code.token.usage";
    private const string Half = "1000000000";

    private static readonly string[] s_columns = ["m.cost_nanodollars", "m.input_tokens", "m.output_tokens", "m.cache_read_tokens", "m.cache_create_tokens"];
    private static readonly string[] s_tokenTypes = ["input", "output", "cacheRead", "cacheCreation"];

    /// <summary>A row a generation.</summary>
    public static string Generations(ReportQuery query, SqlText sql)
    {
        var amounts = s_columns.Select(static (column, i) => $"{column} / {Half} as h{i}, {column} % {Half} as l{i}");
        var conditions = Conditions(query, sql).Append($"m.type = {(short)MessageType.Generation}");
        return $"select {Day(query)} as d, m.model_id as mo, m.user_id as u, m.session_key as s, m.session_id as sid, m.occurred_at as t, 1 as n, " +
            $"{string.Join(", ", amounts)} from messages m{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)}";
    }

    /// <summary>A row a metric, session, person, model and day of the spend that only metrics tell: cost where no generation has one, tokens where none has any.</summary>
    public static string Metrics(ReportQuery query, SqlText sql)
    {
        var (cost, tokens) = (NameOf(CostMetric, sql), NameOf(TokenMetric, sql));
        var type = sql.Attribute("type");
        List<string> amounts =
        [
            $"case when m.name_id = {cost} then {Whole($"m.increment * {Half}.0")} end as v0",
            .. s_tokenTypes.Select((name, i) =>
                $"case when m.name_id = {tokens} and {type} = {sql.Parameter(name)} then {Whole("m.increment")} end as v{i + 1}"),
        ];
        var conditions = Conditions(query, sql).Append($"m.name_id in ({cost}, {tokens})");
        var points = "select m.system_key, m.name_id, m.session_key, m.session_id, m.user_id, m.model_id, m.occurred_at, " +
            $"{Day(query)} as d, {string.Join(", ", amounts)} from {MetricStore.Points} " +
            $"left join attribute_sets a on a.system_key = m.system_key and a.set_key = m.attribute_set_key where {string.Join(" and ", conditions)}";
        var sums = Enumerable.Range(0, Amounts).Select(static i =>
            $"cast(coalesce(sum(p.v{i} / {Half}), 0) as bigint) as h{i}, cast(coalesce(sum(p.v{i} % {Half}), 0) as bigint) as l{i}");
        // Once a session, not once a point, is asked whether generations told the same. Spans tell tokens without a cost, so each metric is asked for by itself.
        return "select g.* from (select p.system_key, p.name_id, p.d, p.model_id as mo, p.user_id as u, p.session_key as s, max(p.session_id) as sid, " +
            $"max(p.occurred_at) as t, 0 as n, {string.Join(", ", sums)} from ({points}) p " +
            "group by p.system_key, p.name_id, p.d, p.model_id, p.user_id, p.session_key) g " +
            $"where case when g.name_id = {cost} then {IsUntold(query, HasCost, sql)} else {IsUntold(query, HasTokens, sql)} end";
    }

    /// <summary>The spend of such rows by something: day, model, person, session id, calls, latest time, halves.</summary>
    public static string GroupBy(string rows, SpendBy by)
    {
        string[] keys =
        [
            by.HasFlag(SpendBy.Day) ? "d" : "cast(null as bigint)",
            by.HasFlag(SpendBy.Model) ? "mo" : "cast(null as integer)",
            by.HasFlag(SpendBy.User) ? "u" : "cast(null as integer)",
            by.HasFlag(SpendBy.Session) ? "s" : "cast(null as bigint)",
        ];
        var columns = string.Join(", ", Enumerable.Range(0, Amounts).Select(static i => $"h{i}, l{i}"));
        var sums = string.Join(", ", Enumerable.Range(0, Amounts).Select(static i =>
            $"cast(coalesce(sum(r.h{i}), 0) as bigint) as h{i}, cast(coalesce(sum(r.l{i}), 0) as bigint) as l{i}"));
        return "select d, (select value from names where id = mo), (select value from names where id = u), case when s is null then null else sid end, " +
            $"n, t, {columns} from (" +
            $"select r.d, r.mo, r.u, r.s, max(r.sid) as sid, cast(sum(r.n) as bigint) as n, max(r.t) as t, {sums} from (" +
            $"select {keys[0]} as d, {keys[1]} as mo, {keys[2]} as u, {keys[3]} as s, sid, t, n, {columns} from ({rows}) q) r group by r.d, r.mo, r.u, r.s) f";
    }

    /// <summary>SQL of the day of a row <c>m</c> in the query's zone, as a number.</summary>
    public static string Day(ReportQuery query) => TimeSql.Row(TimeBucket.Day, "m.occurred_at", query.Zone, query.From, query.To);

    /// <summary>SQL of the conditions on a row <c>m</c>.</summary>
    public static IEnumerable<string> Conditions(ReportQuery query, SqlText sql) =>
    [
        MessageSql.Systems(query.SystemKeys, sql),
        .. MessageSql.Range(query.From, query.To, sql),
        .. query.Filters.Select(filter => FieldSql.Condition(filter, sql)),
    ];

    // Whether no generation of the session has it; without a session, none of the System's person on that day.
    private static string IsUntold(ReportQuery query, Func<string, string> has, SqlText sql) =>
        "case when g.s is not null " +
        $"then (select 1 from messages x where x.system_key = g.system_key and x.session_key = g.s and {has("x")} limit 1) is null " +
        $"else not exists (select 1 from ({ToldDays(query, has, sql)}) c " +
        "where c.system_key = g.system_key and c.user_id is not distinct from g.u and c.d = g.d) end";

    // Days on which a System's person has a generation that has it: of whole days, whatever the range cuts off, and of all models.
    private static string ToldDays(ReportQuery query, Func<string, string> has, SqlText sql)
    {
        var zone = ZoneOffsets.Of(query.Zone);
        var days = query with
        {
            From = query.From is { } from ? zone.StartOf(zone.DateAt(from)) : null,
            To = query.To is { } to ? zone.StartOf(zone.DateAt(to).AddDays(1)) : null,
        };
        string[] conditions = [MessageSql.Systems(days.SystemKeys, sql), .. MessageSql.Range(days.From, days.To, sql), has("m")];
        return $"select distinct m.system_key, m.user_id, {Day(days)} as d from messages m where {string.Join(" and ", conditions)}";
    }

    private static string HasCost(string row) => $"{row}.type = {(short)MessageType.Generation} and {row}.cost_nanodollars is not null";

    private static string HasTokens(string row) =>
        $"{row}.type = {(short)MessageType.Generation} " +
        $"and coalesce({row}.input_tokens, {row}.output_tokens, {row}.cache_read_tokens, {row}.cache_create_tokens) is not null";

    private static string NameOf(string metric, SqlText sql) =>
        $"(select id from names where kind = {(short)NameKind.Name} and value = {sql.Parameter(metric)})";

    // What no 64-bit number holds is no amount.
    private static string Whole(string number) => $"case when {number} between -9.0e18 and 9.0e18 then cast(round({number}) as bigint) end";
}
