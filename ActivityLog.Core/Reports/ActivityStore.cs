using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>Reads who was active: from the sums where they hold it, else from raw rows.</summary>
internal static class ActivityStore
{
    private const short Prompt = (short)MessageType.Prompt;
    private const short Generation = (short)MessageType.Generation;
    private const short Error = (short)MessageType.Error;

    /// <summary>A row of the whole range, and one a day where <paramref name="byDay"/>, whose sessions and people don't add up to the whole's. One statement.</summary>
    public static Task<List<ActivityRow>> ReadAsync(ReportSnapshot snapshot, ReportQuery query, bool byDay, CancellationToken cancellationToken)
    {
        var sql = snapshot.Reader.NewText();
        // A session is real when it has a prompt, a generation or spend (DESIGN 5, rule 6); a failed call alone makes none. Rows: day, session, person, errors.
        var rows = Sums.Of(snapshot.State, query, byDay) is { HasSessions: true } sums ? Summed(sums, sql) : Messages(query, byDay, sql);
        if (snapshot.MetricsMayTell)
        {
            var whole = Sums.Of(snapshot.State, SpendSql.WholeDays(query), byDay: true);
            rows += $" union all select {(byDay ? "d" : "cast(null as bigint)")}, s, coalesce((select alias_of from names where id = p.u), p.u), 0 " +
                $"from ({SpendSql.Metrics(query, null, whole, sql)}) p where h0 <> 0 or l0 <> 0";
        }

        const string Counts = "count(distinct s), count(distinct u), cast(coalesce(sum(e), 0) as bigint)";
        sql.Add($"with act as ({rows}) select cast(null as bigint), {Counts} from act");
        if (byDay)
        {
            sql.Add($" union all select d, {Counts} from act group by d");
        }

        return snapshot.Reader.ReadAsync(
            sql,
            static row => new ActivityRow(
                row.IsDBNull(0) ? null : DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)row.GetInt64(0)),
                row.GetInt64(1),
                row.GetInt64(2),
                row.GetInt64(3)),
            cancellationToken);
    }

    private static string Messages(ReportQuery query, bool byDay, SqlText sql)
    {
        var conditions = string.Join(" and ", SpendSql.Conditions(query, sql));
        var person = sql.Person("m.user_id");
        return $"select {(byDay ? SpendSql.Day(query) : "cast(null as bigint)")} as d, case when m.type <> {Error} and m.session_id is not null then m.session_key end as s, " +
            $"case when m.type <> {Error} then {person} end as u, case when m.type = {Error} then 1 else 0 end as e " +
            $"from messages m{FieldSql.Joins(sql)} where {conditions} and m.type in ({Prompt}, {Generation}, {Error})";
    }

    // Each type by itself, by days and people in the order of the index; whom the people are is asked of the few that are left.
    private static string Summed(Sums sums, SqlText sql)
    {
        var counts = new[] { Prompt, Generation, Error }.Select(type =>
            $"select m.d, {type} as type, m.user_id, sum(m.messages) as n from {sums.Counts(sql)} where m.type = {type} group by m.d, m.user_id having sum(m.messages) <> 0");
        return "select m.d, m.session_key as s, cast(null as integer) as u, 0 as e " +
            $"from {sums.Sessions(sql)} group by m.d, m.session_key having sum(m.prompts + m.generations) <> 0 " +
            $"union all select c.d, cast(null as bigint), case when c.type <> {Error} then coalesce(al.alias_of, c.user_id) end, " +
            $"cast(case when c.type = {Error} then c.n else 0 end as bigint) " +
            $"from ({string.Join(" union all ", counts)}) c left join names al on al.id = c.user_id";
    }
}
