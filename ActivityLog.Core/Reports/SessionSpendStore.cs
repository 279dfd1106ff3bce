using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>Reads which sessions cost most by their generations.</summary>
internal static class SessionSpendStore
{
    private const string Half = "1000000000";
    private const string Dearest = $"order by h0 + l0 / {Half} desc, l0 % {Half} desc, session_key";

    /// <summary>The dearest sessions, the dearest first. Which they are is told by the sums; who and when, of those few, by their rows.</summary>
    public static async Task<List<SpendRow>> ReadDearestAsync(ReportSnapshot snapshot, ReportQuery query, int count, CancellationToken cancellationToken)
    {
        var dearest = await FindAsync(snapshot, query, count, cancellationToken);
        if (dearest.Count == 0)
        {
            return [];
        }

        var sql = snapshot.Reader.NewText();
        var generation = (short)MessageType.Generation;
        var conditions = SpendSql.ConditionsWithinSessions(query, sql).Append($"m.type = {generation} and m.session_id is not null").ToList();
        var sessions = SessionRange.Condition(dearest.Select(static one => new SessionRange(one.System, one.Session)), sql);
        // Of two people of a session the one of the latest call.
        sql.Add("select r.session_key, r.session_id, r.at, (select value from names where id = r.person), (select id from systems where key = r.system_key) from (")
            .Add($"select m.system_key, m.session_key, m.session_id, m.occurred_at as at, {sql.Person("m.user_id")} as person, ")
            .Add("row_number() over (partition by m.system_key, m.session_key order by m.occurred_at desc, m.call_key desc) as nth ")
            .Add($"from messages m{FieldSql.Joins(sql)} where {sessions} and {string.Join(" and ", conditions)}")
            .Add(") r where r.nth = 1");
        var details = (await snapshot.Reader.ReadAsync(
                sql,
                static row => (Session: row.GetInt64(0), Id: row.GetString(1), At: UnixMicroseconds.ToDateTime(row.GetInt64(2)), User: row.IsDBNull(3) ? null : row.GetString(3), System: row.GetGuid(4)),
                cancellationToken))
            .ToDictionary(static row => row.Session);
        return
        [
            .. dearest.Where(one => details.ContainsKey(one.Session))
                .Select(one => (one.Usage, Of: details[one.Session]))
                .Select(static one => new SpendRow(SpendSource.Events, null, null, one.Of.User, one.Of.Id, null, one.Of.At, one.Usage, one.Of.System)),
        ];
    }

    /// <summary>Which sessions are the dearest and what each cost, in nanodollars, the dearest first.</summary>
    public static Task<List<(SessionRange Session, long CostNanodollars)>> ListDearestAsync(
        ReportSnapshot snapshot, ReportQuery query, int count, CancellationToken cancellationToken)
    {
        var sql = snapshot.Reader.NewText();
        string rows;
        if (Sums.Of(snapshot.State, query, byDay: false) is { HasSessions: true } sums)
        {
            rows = $"select m.system_key, m.session_key, m.generations as n, m.cost_nanodollars as c from {sums.Sessions(sql)}";
        }
        else
        {
            var conditions = SpendSql.Conditions(query, sql).Append($"m.type = {(short)MessageType.Generation} and m.session_id is not null").ToList();
            rows = $"select m.system_key, m.session_key, 1 as n, m.cost_nanodollars as c from messages m{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)}";
        }

        sql.Add($"select system_key, session_key, h0, l0 from (select system_key, session_key, cast(coalesce(sum(c / {Half}), 0) as bigint) as h0, ")
            .Add($"cast(coalesce(sum(c % {Half}), 0) as bigint) as l0 from ({rows}) q group by system_key, session_key having sum(n) <> 0) f {Dearest} limit {sql.Parameter(count)}");
        return snapshot.Reader.ReadAsync(
            sql, static row => (new SessionRange(row.GetInt32(0), row.GetInt64(1)), Figure.Clamp((Int128)row.GetInt64(2) * 1_000_000_000 + row.GetInt64(3))), cancellationToken);
    }

    private static Task<List<(int System, long Session, SpendUsage Usage)>> FindAsync(
        ReportSnapshot snapshot, ReportQuery query, int count, CancellationToken cancellationToken)
    {
        var sql = snapshot.Reader.NewText();
        string rows;
        if (Sums.Of(snapshot.State, query, byDay: false) is { HasSessions: true } sums)
        {
            // Found by their cost alone, which an index tells; their other amounts are read of those few.
            var dearest = "select system_key, session_key from (" +
                $"select m.system_key, m.session_key, sum(m.cost_nanodollars / {Half}) as h0, sum(m.cost_nanodollars % {Half}) as l0 from {sums.Sessions(sql)} " +
                $"group by m.system_key, m.session_key having sum(m.generations) <> 0) c {Dearest} limit {sql.Parameter(count)}";
            rows = $"select m.system_key, m.session_key, m.generations as n, {SpendSql.Halves} from {sums.Sessions(sql)} where (m.system_key, m.session_key) in ({dearest})";
        }
        else
        {
            var conditions = SpendSql.Conditions(query, sql).Append($"m.type = {(short)MessageType.Generation} and m.session_id is not null").ToList();
            rows = $"select m.system_key, m.session_key, 1 as n, {SpendSql.Halves} from messages m{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)}";
        }

        sql.Add($"select * from (select system_key, session_key, cast(sum(n) as bigint) as n, {SpendSql.SumOfHalves} from ({rows}) q ")
            .Add("group by system_key, session_key having sum(n) <> 0) f ")
            .Add($"{Dearest} limit {sql.Parameter(count)}");
        return snapshot.Reader.ReadAsync(sql, static row => (row.GetInt32(0), row.GetInt64(1), SpendStore.Usage(row, row.GetInt64(2), 3)), cancellationToken);
    }
}
