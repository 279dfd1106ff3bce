using System.Runtime.InteropServices;
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

    /// <summary>Who was active in the whole range, and on each day where <paramref name="byDay"/>. Sessions and people of days don't add up to the whole's.</summary>
    public static async Task<ActivityTally> ReadAsync(ReportSnapshot snapshot, ReportQuery query, bool byDay, CancellationToken cancellationToken)
    {
        var tally = new ActivityTally();
        // A session is real when it has a prompt, a generation or spend (DESIGN 5, rule 6); a failed call alone makes none.
        if (Sums.Of(snapshot.State, query, byDay) is { } sums)
        {
            await CountSessionsAsync(snapshot.Reader, sums, tally, cancellationToken);
            await CountPeopleAsync(snapshot.Reader, sums, tally, cancellationToken);
        }
        else
        {
            await CountMessagesAsync(snapshot.Reader, query, byDay, tally, cancellationToken);
        }

        if (snapshot.MetricsMayTell)
        {
            var sql = snapshot.Reader.NewText();
            var whole = Sums.Of(snapshot.State, SpendSql.WholeDays(query), byDay: true);
            sql.Add($"select distinct {(byDay ? "p.d" : "cast(null as bigint)")}, p.s, coalesce((select alias_of from names where id = p.u), p.u) ")
                .Add($"from ({SpendSql.Metrics(query, null, whole, sql)}) p where h0 <> 0 or l0 <> 0");
            await snapshot.Reader.ForEachAsync(
                sql, (NumberRow row) => tally.AddSpend(row.Int64OrNull(0), row.Int64OrNull(1), row.Int32OrNull(2)), cancellationToken);
        }

        return tally;
    }

    // Rows of a session's day are several, and signed: it is there if they don't come to nothing.
    private static async Task CountSessionsAsync(SqlReader reader, Sums sums, ActivityTally tally, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var rows = sums.Sessions(sql, []);
        sql.Add(sql.Dialect.IsInProcess
            ? $"select m.d, m.system_key, m.session_key, m.prompts + m.generations from {rows} where m.prompts + m.generations <> 0"
            : $"select m.d, m.system_key, m.session_key, cast(sum(m.prompts + m.generations) as bigint) from {rows} group by m.d, m.system_key, m.session_key");
        Dictionary<(long? Day, SessionRange Session), long> counts = [];
        await reader.ForEachAsync(
            sql,
            (NumberRow row) =>
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (row.Int64OrNull(0), new SessionRange(row.Int32(1), row.Int64(2))), out _);
                count += row.Int64(3);
            },
            cancellationToken);
        foreach (var ((day, session), count) in counts)
        {
            if (count != 0)
            {
                tally.AddSession(day, session);
            }
        }
    }

    // Each type by itself, by days and people in the order of the index; whom the people are is told by the few that are others' aliases.
    private static async Task CountPeopleAsync(SqlReader reader, Sums sums, ActivityTally tally, CancellationToken cancellationToken)
    {
        var aliases = await NameTexts.ReadAliasesAsync(reader, cancellationToken);
        var sql = reader.NewText();
        var counts = new[] { Prompt, Generation }.Select(type =>
            $"select m.d, m.user_id, cast(null as bigint) as e from {sums.Counts(sql, "type", "user_id")} where m.type = {type} group by m.d, m.user_id having sum(m.messages) <> 0");
        sql.Add($"{string.Join(" union all ", counts)} union all select m.d, null, cast(sum(m.messages) as bigint) from {sums.Counts(sql, "type")} where m.type = {Error} group by m.d having sum(m.messages) <> 0");
        await reader.ForEachAsync(
            sql,
            (NumberRow row) =>
            {
                if (row.Int64OrNull(2) is { } errors)
                {
                    tally.AddErrors(row.Int64OrNull(0), errors);
                }
                else
                {
                    tally.AddPerson(row.Int64OrNull(0), row.Int32OrNull(1) is { } person ? aliases.GetValueOrDefault(person, person) : null);
                }
            },
            cancellationToken);
    }

    private static async Task CountMessagesAsync(SqlReader reader, ReportQuery query, bool byDay, ActivityTally tally, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var conditions = string.Join(" and ", SpendSql.Conditions(query, sql));
        var person = sql.Person("m.user_id");
        sql.Add("select r.d, r.system_key, r.s, r.u, cast(sum(r.e) as bigint) from (")
            .Add($"select {(byDay ? SpendSql.Day(query) : "cast(null as bigint)")} as d, m.system_key, case when m.type <> {Error} and m.session_id is not null then m.session_key end as s, ")
            .Add($"case when m.type <> {Error} then {person} end as u, case when m.type = {Error} then 1 else 0 end as e ")
            .Add($"from messages m{FieldSql.Joins(sql)} where {conditions} and m.type in ({Prompt}, {Generation}, {Error})) r group by r.d, r.system_key, r.s, r.u");
        await reader.ForEachAsync(
            sql,
            (NumberRow row) =>
            {
                if (row.Int64OrNull(2) is { } session)
                {
                    tally.AddSession(row.Int64OrNull(0), new SessionRange(row.Int32(1), session));
                }

                tally.AddPerson(row.Int64OrNull(0), row.Int32OrNull(3));
                tally.AddErrors(row.Int64OrNull(0), row.Int64(4));
            },
            cancellationToken);
    }
}
