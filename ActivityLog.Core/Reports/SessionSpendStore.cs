using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>Reads which sessions cost most by their generations.</summary>
internal static class SessionSpendStore
{
    /// <summary>The dearest sessions, the dearest first. Which they are is told by the sums; how much of what, who and when, of those few, by their rows.</summary>
    public static async Task<List<SpendRow>> ReadDearestAsync(ReportSnapshot snapshot, ReportQuery query, int count, CancellationToken cancellationToken)
    {
        var dearest = await ListDearestAsync(snapshot, query, count, cancellationToken);
        if (dearest.Count == 0)
        {
            return [];
        }

        var sql = snapshot.Reader.NewText();
        var conditions = SpendSql.ConditionsWithinSessions(query, sql).Append(Generations).ToList();
        var sessions = SessionRange.Condition(dearest.Select(static one => one.Session), sql);
        // Of two people of a session the one of the latest call.
        sql.Add("select g.system_key, g.session_key, g.session_id, g.at, (select value from names where id = g.person), (select id from systems where key = g.system_key), g.n, ")
            .Add($"{SpendSql.NamesOfHalves} from (select q.system_key, q.session_key, max(q.session_id) as session_id, max(q.at) as at, ")
            .Add($"max(case when q.nth = 1 then q.person end) as person, count(*) as n, {SpendSql.SumOfHalves} from (")
            .Add($"select m.system_key, m.session_key, m.session_id, m.occurred_at as at, {sql.Person("m.user_id")} as person, {SpendSql.Halves}, ")
            .Add("row_number() over (partition by m.system_key, m.session_key order by m.occurred_at desc, m.call_key desc) as nth ")
            .Add($"from messages m{FieldSql.Joins(sql)} where {sessions} and {string.Join(" and ", conditions)}")
            .Add(") q group by q.system_key, q.session_key) g");
        var rows = (await snapshot.Reader.ReadAsync(
                sql,
                static row => (
                    Session: new SessionRange(row.GetInt32(0), row.GetInt64(1)),
                    Spent: new SpendRow(
                        SpendSource.Events, null, null, row.IsDBNull(4) ? null : row.GetString(4), row.GetString(2), null, UnixMicroseconds.ToDateTime(row.GetInt64(3)),
                        SpendStore.Usage(row, row.GetInt64(6), 7), row.GetGuid(5))),
                cancellationToken))
            .ToDictionary(static row => row.Session, static row => row.Spent);
        return [.. dearest.Select(one => rows.GetValueOrDefault(one.Session)).OfType<SpendRow>()];
    }

    /// <summary>Which sessions are the dearest and what each cost, in nanodollars, the dearest first.</summary>
    public static async Task<List<(SessionRange Session, long CostNanodollars)>> ListDearestAsync(
        ReportSnapshot snapshot, ReportQuery query, int count, CancellationToken cancellationToken)
    {
        if (Sums.Of(snapshot.State, query, byDay: false) is { } sums)
        {
            var totals = await SessionTotals.ReadAsync(snapshot.Reader, sums, null, null, count, cancellationToken);
            return
            [
                .. totals.Where(static one => one.Value.Generations != 0).OrderByDescending(static one => one.Value.CostNanodollars).ThenBy(static one => one.Key.SessionKey)
                    .Take(count).Select(static one => (one.Key, Figure.Clamp(one.Value.CostNanodollars))),
            ];
        }

        var sql = snapshot.Reader.NewText();
        var conditions = SpendSql.Conditions(query, sql).Append(Generations).ToList();
        sql.Add($"select system_key, session_key, h0, l0 from (select m.system_key, m.session_key, {HalfSum.Named("m.cost_nanodollars", 0)} ")
            .Add($"from messages m{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)} ")
            .Add($"group by m.system_key, m.session_key) f order by {string.Join(", ", HalfSum.Order("h0", "l0").Select(static part => $"{part} desc"))}, session_key limit {sql.Parameter(count)}");
        return await snapshot.Reader.ReadAsync(
            sql, static row => (new SessionRange(row.GetInt32(0), row.GetInt64(1)), Figure.Clamp(HalfSum.Join(row.GetInt64(2), row.GetInt64(3)))), cancellationToken);
    }

    private static string Generations => $"m.type = {(short)MessageType.Generation} and m.session_id is not null";
}
