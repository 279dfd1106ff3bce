using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>
/// SQL of spend: of generations, and of what only metrics tell (DESIGN 5, rule 3). All give rows with <c>d</c> day, <c>mo</c> model, <c>u</c> name of the person,
/// <c>s</c> session key, <c>sid</c> session id, <c>y</c> its System, <c>k</c> an attribute's value, <c>t</c> latest time (of metrics
/// <c>t0</c> the first one, too), <c>n</c> calls,
/// and cost and tokens as halves <c>h0 l0 … h4 l4</c>, sums of which can't overflow.
/// </summary>
internal static class SpendSql
{
    /// <summary>Cost, input, output, cache read, cache write.</summary>
    public const int Amounts = 5;

    private const string CostMetric = "claude_code.cost.usage";
    private const string TokenMetric = "claude_code.token.usage";

    private static readonly string[] s_columns = ["m.cost_nanodollars", "m.input_tokens", "m.output_tokens", "m.cache_read_tokens", "m.cache_create_tokens"];
    private static readonly string[] s_tokenTypes = ["input", "output", "cacheRead", "cacheCreation"];
    private static readonly string s_halves = string.Join(", ", s_columns.Select(static (column, i) => $"{HalfSum.Halves(column)[0]} as h{i}, {HalfSum.Halves(column)[1]} as l{i}"));
    private static readonly string s_amounts = string.Join(", ", Enumerable.Range(0, Amounts).Select(static i => $"h{i}, l{i}"));

    /// <summary>A row a generation.</summary>
    public static string Generations(ReportQuery query, string? key, SqlText sql)
    {
        var value = key is null ? "" : $", {sql.Attribute(key)} as k";
        var conditions = Conditions(query, sql).Append($"m.type = {(short)MessageType.Generation}").ToList();
        return $"select {Day(query)} as d, m.model_id as mo, m.user_id as u, m.session_key as s, m.session_id as sid, m.system_key as y, m.occurred_at as t, 1 as n, " +
            $"{s_halves}{value} from messages m{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)}";
    }

    /// <summary>A row a metric, session, person, model and day of the spend that only metrics tell: cost where no generation has one, tokens where none has any.</summary>
    /// <param name="query">Which.</param>
    /// <param name="key">The attribute that is told apart; null for none.</param>
    /// <param name="whole">What the sums tell of all generations of <see cref="WholeDays"/>; null where raw rows tell.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="more">SQL of more conditions on a point <c>m</c>.</param>
    public static string Metrics(ReportQuery query, string? key, Sums? whole, SqlText sql, params IEnumerable<string> more)
    {
        var (cost, tokens) = (NameOf(CostMetric, sql), NameOf(TokenMetric, sql));
        var type = sql.Attribute("type");
        List<string> amounts =
        [
            $"case when m.name_id = {cost} then {Whole($"m.increment * {HalfSum.Unit}.0")} end as v0",
            .. s_tokenTypes.Select((name, i) =>
                $"case when m.name_id = {tokens} and {type} = {sql.Parameter(name)} then {Whole("m.increment")} end as v{i + 1}"),
        ];
        var value = key is null ? "cast(null as text)" : sql.Attribute(key);
        var conditions = Conditions(query, sql).Append(IsUntoldSeries(sql)).Concat(more).ToList();
        var points = $"select m.system_key, m.name_id, m.session_key, m.session_id, m.user_id, m.model_id, m.occurred_at, {value} as k, " +
            $"{Day(query)} as d, {string.Join(", ", amounts)} from {MetricStore.Points}{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)}";
        var sums = Enumerable.Range(0, Amounts).Select(static i => HalfSum.Named($"p.v{i}", i));
        // Once a session, not once a point, is asked whether generations told the same. Spans tell tokens without a cost, so each metric is asked for by itself.
        return "select g.*, g.system_key as y from (select p.system_key, p.name_id, p.d, p.model_id as mo, p.user_id as u, p.session_key as s, max(p.session_id) as sid, p.k, " +
            $"min(p.occurred_at) as t0, max(p.occurred_at) as t, 0 as n, {string.Join(", ", sums)} from ({points}) p " +
            "group by p.system_key, p.name_id, p.d, p.model_id, p.user_id, p.session_key, p.k) g " +
            $"where case when g.name_id = {cost} then {IsUntold(query, HasCost, whole, ["m.costed_calls"], sql)} " +
            $"else {IsUntold(query, HasTokens, whole, s_columns[1..], sql)} end";
    }

    /// <summary>The metrics that tell spend, each with SQL of whether a generation <c>x</c> tells the same.</summary>
    public static IReadOnlyList<(string Metric, string Told)> Tellers { get; } = [(CostMetric, HasCost("x")), (TokenMetric, HasTokens("x"))];

    /// <summary>SQL of whether a series <c>m</c> may tell spend that no generation does.</summary>
    public static string IsUntoldSeries(SqlText sql) => $"not m.is_told and m.name_id in ({NameOf(CostMetric, sql)}, {NameOf(TokenMetric, sql)})";

    /// <summary>The query of all generations on the days that another one touches: whatever its range cuts off, and of all models, services and people.</summary>
    public static ReportQuery WholeDays(ReportQuery query)
    {
        var zone = ZoneOffsets.Of(query.Zone);
        return new ReportQuery
        {
            SystemKeys = query.SystemKeys,
            Zone = query.Zone,
            From = query.From is { } from ? zone.StartOf(zone.DateAt(from)) : null,
            To = query.To is { } to ? zone.StartOf(zone.DateAt(to).AddDays(1)) : null,
        };
    }

    /// <summary>The spend of such rows by something: day, model, person, session id, attribute, calls, latest time, halves, the session's System.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="by">By what.</param>
    public static string GroupBy(string rows, SpendBy by)
    {
        // First by numbers, which makes few of many rows; then those are told apart by whom and what the numbers stand for.
        List<string> keys = [];
        Add(SpendBy.Day, "d");
        Add(SpendBy.Model, "mo");
        Add(SpendBy.User, "u");
        Add(SpendBy.Session, "s");
        Add(SpendBy.Attribute, "k");
        var grouped = $"select {string.Join("", keys.Select(static one => one + ", "))}{Sums()} from ({rows}) q{GroupedBy(keys)}";
        var person = By(SpendBy.User, "coalesce((select alias_of from names where id = r.u), r.u)", "cast(null as integer)");
        var value = By(SpendBy.Attribute, "r.k", "cast(null as text)");
        var named = $"select {By(SpendBy.Day, "r.d", "cast(null as bigint)")} as d, {By(SpendBy.Model, "r.mo", "cast(null as integer)")} as mo, {person} as u, " +
            $"{By(SpendBy.Session, "r.s", "cast(null as bigint)")} as s, {value} as k, r.sid, r.y, r.n, r.t, {s_amounts} from ({grouped}) r";
        var again = by.HasFlag(SpendBy.User) ? $"select d, mo, u, s, k, {Sums()} from ({named}) v group by d, mo, u, s, k" : named;
        return "select d, (select value from names where id = mo), (select value from names where id = u), case when s is null then null else sid end, k, " +
            $"n, t, {s_amounts}, case when s is null then null else (select id from systems where key = y) end from ({again}) f where n <> 0{string.Join("", Enumerable.Range(0, Amounts).Select(static i => $" or h{i} <> 0 or l{i} <> 0"))}";

        void Add(SpendBy one, string column)
        {
            if (by.HasFlag(one))
            {
                keys.Add(column);
            }
        }

        string By(SpendBy one, string column, string none) => by.HasFlag(one) ? column : none;
    }

    /// <summary>SQL of the day of a row <c>m</c> in the query's zone, as a number.</summary>
    public static string Day(ReportQuery query) => TimeSql.Row(TimeBucket.Day, "m.occurred_at", query.Zone, query.From, query.To);

    /// <summary>SQL of the conditions on a row <c>m</c>.</summary>
    public static IEnumerable<string> Conditions(ReportQuery query, SqlText sql) => Conditions(query, "m.occurred_at", sql);

    /// <summary>The same of rows that are found by their session: no index is looked into by their time, of which a range may hold millions.</summary>
    public static IEnumerable<string> ConditionsWithinSessions(ReportQuery query, SqlText sql) => Conditions(query, "+m.occurred_at", sql);

    /// <summary>SQL of the sums of rows' halves, in their order and by their names.</summary>
    public static string SumOfHalves { get; } = string.Join(", ", Enumerable.Range(0, Amounts).Select(static i =>
        $"cast(coalesce(sum(h{i}), 0) as bigint) as h{i}, cast(coalesce(sum(l{i}), 0) as bigint) as l{i}"));

    /// <summary>The names of rows' halves, in their order.</summary>
    public static string NamesOfHalves => s_amounts;

    /// <summary>SQL of the halves of a row <c>m</c> of <c>messages</c>, <c>spend_sums</c> or <c>session_sums</c>.</summary>
    public static string Halves => s_halves;

    private static IEnumerable<string> Conditions(ReportQuery query, string time, SqlText sql) =>
    [
        MessageSql.Systems(query.SystemKeys, sql),
        .. MessageSql.Range(query.From, query.To, sql, time),
        .. query.Filters.Select(filter => FieldSql.Condition(filter, sql)),
    ];

    private static string Sums() => $"max(sid) as sid, max(y) as y, cast(sum(n) as bigint) as n, max(t) as t, {SumOfHalves}";

    private static string GroupedBy(List<string> keys) => keys.Count == 0 ? "" : $" group by {string.Join(", ", keys)}";

    // Whether no generation of the session has it; without a session, none of the System's person on that day.
    private static string IsUntold(ReportQuery query, Func<string, string> has, Sums? whole, IReadOnlyList<string> sums, SqlText sql) =>
        "case when g.s is not null " +
        $"then (select 1 from messages x where x.system_key = g.system_key and x.session_key = g.s and {has("x")} limit 1) is null " +
        $"else (g.system_key, coalesce(g.u, -1), g.d) not in ({ToldDays(query, has, whole, sums, sql)}) end";

    // Days on which a System's person has a generation that has it.
    private static string ToldDays(ReportQuery query, Func<string, string> has, Sums? whole, IReadOnlyList<string> sums, SqlText sql)
    {
        if (whole is not null)
        {
            return $"select m.system_key, coalesce(m.user_id, -1), m.d from {whole.Spend(sql, ["user_id"])} " +
                "group by m.system_key, m.user_id, m.d having " +
                string.Join(" or ", sums.SelectMany(HalfSum.Halves).Select(static half => $"sum({half}) <> 0"));
        }

        var days = WholeDays(query);
        string[] conditions = [MessageSql.Systems(days.SystemKeys, sql), .. MessageSql.Range(days.From, days.To, sql), has("m")];
        return $"select m.system_key, coalesce(m.user_id, -1), {Day(days)} as d from messages m where {string.Join(" and ", conditions)}";
    }

    private static string HasCost(string row) => $"{row}.type = {(short)MessageType.Generation} and {row}.cost_nanodollars is not null";

    private static string HasTokens(string row) =>
        $"{row}.type = {(short)MessageType.Generation} " +
        $"and ({row}.input_tokens <> 0 or {row}.output_tokens <> 0 or {row}.cache_read_tokens <> 0 or {row}.cache_create_tokens <> 0)";

    private static string NameOf(string metric, SqlText sql) =>
        $"(select id from names where kind = {(short)NameKind.Name} and value = {sql.Parameter(metric)})";

    // What no 64-bit number holds is no amount.
    private static string Whole(string number) => $"case when {number} between -9.0e18 and 9.0e18 then cast(round({number}) as bigint) end";
}
