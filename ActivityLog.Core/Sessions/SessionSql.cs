using System.Data.Common;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Pricing;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Sessions;

/// <summary>SQL of sessions, from their sums or from the messages themselves: both give rows <c>m</c> with the columns of <c>session_sums</c>.</summary>
internal static class SessionSql
{

    private static readonly string[] s_amounts = ["cost_nanodollars", "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens"];

    /// <summary>The messages of sessions, as rows of sums.</summary>
    /// <param name="conditions">SQL of the conditions on them.</param>
    /// <param name="sql">The statement, whose expressions so far decide which joins there are.</param>
    public static string Messages(IEnumerable<string> conditions, SqlText sql) =>
        $"(select m.system_key, m.session_key, m.session_id, m.user_id, m.model_id, coalesce(m.started_at, m.occurred_at) as first_at, m.occurred_at as last_at, " +
        $"{Count(MessageType.Prompt)} as prompts, {Count(MessageType.Generation)} as generations, " +
        $"case when m.type = {(short)MessageType.Tool} and coalesce(m.status, 0) <> {(short)MessageStatus.Denied} then 1 else 0 end as tools, " +
        $"{Count(MessageType.Error)} as errors, {string.Join(", ", s_amounts.Select(static amount => $"{OfGeneration(amount)} as {amount}"))} " +
        $"from messages m{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)} and m.session_id is not null and m.type <> {(short)MessageType.Repeat}) m";

    /// <summary>Rows of sums with what only messages have.</summary>
    /// <param name="rows">SQL of the rows, as <c>m</c>.</param>
    /// <param name="conditions">SQL of further conditions on them.</param>
    public static string Sums(string rows, IReadOnlyCollection<string> conditions) =>
        "(select m.*, cast(null as bigint) as first_at, cast(null as bigint) as last_at, cast(null as text) as session_id " +
        $"from {rows}{(conditions.Count == 0 ? "" : $" where {string.Join(" and ", conditions)}")}) m";

    /// <summary>A row a session.</summary>
    /// <param name="rows">SQL of the rows, as <c>m</c>.</param>
    /// <param name="ofModel">SQL of the condition on a row's model; null for all.</param>
    /// <param name="metrics">SQL of what only metrics tell (<see cref="SpendSql.Metrics"/>); null where they tell nothing.</param>
    public static string Group(string rows, string? ofModel, string? metrics)
    {
        var amounts = s_amounts.Select((amount, i) =>
        {
            var value = ofModel is null ? $"m.{amount}" : $"case when {ofModel} then m.{amount} else 0 end";
            return HalfSum.Named(value, i);
        });
        var calls = ofModel is null ? "m.generations" : $"case when {ofModel} then m.generations else 0 end";
        var told = $"select m.system_key, m.session_key, max(m.session_id) as sid, max(m.user_id) as u, min(m.first_at) as f, max(m.last_at) as e, " +
            $"cast(sum(m.prompts) as bigint) as prompts, cast(sum({calls}) as bigint) as calls, cast(sum(m.tools) as bigint) as tools, " +
            $"cast(sum(m.errors) as bigint) as errors, 0 as alone, {string.Join(", ", amounts)} from {rows} group by m.system_key, m.session_key";
        // A session is real when it has a prompt, a generation or spend (DESIGN 5, rule 6).
        var isReal = ofModel is null ? "sum(m.prompts) > 0 or sum(m.generations) > 0" : $"sum({calls}) > 0";
        return metrics is null ? $"{told} having {isReal}"
            : "select x.system_key, x.session_key, max(x.sid) as sid, max(x.u) as u, min(x.f) as f, max(x.e) as e, cast(sum(x.prompts) as bigint) as prompts, " +
                "cast(sum(x.calls) as bigint) as calls, cast(sum(x.tools) as bigint) as tools, cast(sum(x.errors) as bigint) as errors, max(x.alone) as alone, " +
                $"{SpendSql.SumOfHalves} from ({told} union all {Alone(metrics)}) x group by x.system_key, x.session_key " +
                $"having {(ofModel is null ? "sum(x.prompts) > 0 or " : "")}sum(x.calls) > 0 or max(x.alone) > 0";
    }

    // Cost is what makes spend; tokens may be told by metrics beside calls without any.
    private static string Alone(string metrics) =>
        "select q.system_key, q.s as session_key, max(q.sid) as sid, max(q.u) as u, min(q.t0) as f, max(q.t) as e, 0 as prompts, 0 as calls, 0 as tools, 0 as errors, " +
        $"case when sum(q.h0) <> 0 or sum(q.l0) <> 0 then 1 else 0 end as alone, {SpendSql.SumOfHalves} from ({metrics}) q where q.s is not null group by q.system_key, q.s";

    /// <summary>SQL of grouped rows <c>g</c> with what the session as a whole tells, as columns for <see cref="Read"/>.</summary>
    public static string Named(string groups, SessionSort sort)
    {
        const string Last = "coalesce(s.last_at, g.e, 0)";
        string[] order = sort switch
        {
            SessionSort.Cost => HalfSum.Order("g.h0", "g.l0"),
            SessionSort.Length => [$"{Last} - coalesce(s.first_at, g.f, 0)", "0"],
            SessionSort.Errors => ["g.errors", "0"],
            _ => [Last, "0"],
        };
        var amounts = string.Join(", ", s_amounts.Select(static (_, i) => $"g.h{i} as h{i}, g.l{i} as l{i}"));
        return $"select g.system_key, g.session_key, coalesce(s.session_id, g.sid) as sid, coalesce(s.user_id, g.u) as u, coalesce(s.first_at, g.f) as f, " +
            $"coalesce(s.last_at, g.e) as e, g.prompts, g.calls, g.tools, g.errors, g.alone, {amounts}, cast({order[0]} as bigint) as v1, cast({order[1]} as bigint) as v2 " +
            $"from ({groups}) g left join sessions s on s.system_key = g.system_key and s.session_key = g.session_key";
    }

    /// <summary>The columns that <see cref="Read"/> reads of rows <c>p</c> of <see cref="Named"/>.</summary>
    public static string Columns { get; } =
        "p.system_key, p.session_key, p.sid, (select coalesce(o.value, n.value) from names n left join names o on o.id = n.alias_of where n.id = p.u), p.f, p.e, " +
        $"p.prompts, p.calls, p.tools, p.errors, {string.Join(", ", s_amounts.Select(static (_, i) => $"p.h{i}, p.l{i}"))}, p.v1, p.v2, " +
        "(select y.id from systems y where y.key = p.system_key), p.alone";

    /// <summary>A session, and its place in the order.</summary>
    public static (SessionView Session, SessionCursor Place) Read(DbDataReader row, SessionSort sort)
    {
        var cost = Amount(row, 0);
        var session = new SessionView
        {
            SessionId = row.IsDBNull(2) ? "" : row.GetString(2),
            SystemId = row.IsDBNull(22) ? Guid.Empty : row.GetGuid(22),
            UserName = row.IsDBNull(3) ? null : row.GetString(3),
            StartedAt = row.IsDBNull(4) ? null : UnixMicroseconds.ToDateTime(row.GetInt64(4)),
            EndedAt = row.IsDBNull(5) ? null : UnixMicroseconds.ToDateTime(row.GetInt64(5)),
            Prompts = row.GetInt64(6),
            Generations = row.GetInt64(7),
            Tools = row.GetInt64(8),
            Errors = row.GetInt64(9),
            Source = row.GetInt32(23) == 1 ? SpendSource.Metrics : SpendSource.Events,
            CostNanodollars = cost,
            CostMicrocents = Nanodollars.ToMicrodollars(cost),
            InputTokens = Amount(row, 1),
            OutputTokens = Amount(row, 2),
            CacheReadTokens = Amount(row, 3),
            CacheCreateTokens = Amount(row, 4),
        };
        return (session, new SessionCursor(sort, row.GetInt64(20), row.GetInt64(21), row.GetInt32(0), row.GetInt64(1)));
    }

    private static string Count(MessageType type) => $"case when m.type = {(short)type} then 1 else 0 end";

    private static string OfGeneration(string column) => $"case when m.type = {(short)MessageType.Generation} then m.{column} end";

    private static long Amount(DbDataReader row, int amount) =>
        Figure.Clamp(HalfSum.Join(row.GetInt64(10 + 2 * amount), row.GetInt64(11 + 2 * amount)));
}
