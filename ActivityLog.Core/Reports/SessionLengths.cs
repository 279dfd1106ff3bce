using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>Reads how long sessions took, from the start of their first message to the end of their last one, by the day on which they began.</summary>
internal static class SessionLengths
{
    /// <summary>Number and length of the real sessions (DESIGN 5, rule 6) that began within the range, with something that the query asks for, by day.</summary>
    public static async Task<Dictionary<DateOnly, (long Sessions, double Seconds)>> ReadAsync(ReportSnapshot snapshot, ReportQuery query, CancellationToken cancellationToken)
    {
        var sums = Sums.Of(snapshot.State, query, byDay: false);
        var sql = snapshot.Reader.NewText();
        var real = sums is { HasSessions: true }
            ? $"select m.system_key, m.session_key from {sums.Sessions(sql)} group by m.system_key, m.session_key having sum(m.prompts) > 0 or sum(m.generations) > 0"
            : Messages(query, sql);
        string[] bounds = [.. MessageSql.Range(query.From, query.To, sql).Select(static bound => bound.Replace("m.occurred_at", "s.first_at", StringComparison.Ordinal)), "s.first_at is not null"];
        var day = TimeSql.Row(TimeBucket.Day, "s.first_at", query.Zone, query.From, query.To);
        sql.Add($"select x.d, count(*), cast(sum(x.ms) as bigint) from (select {day} as d, (s.last_at - s.first_at) / {UnixMicroseconds.PerSecond / 1000} as ms ")
            .Add($"from ({real}) r join sessions s on s.system_key = r.system_key and s.session_key = r.session_key where {string.Join(" and ", bounds)}) x group by x.d");
        var rows = await snapshot.Reader.ReadAsync(
            sql, static row => (Day: DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)row.GetInt64(0)), Count: row.GetInt64(1), Milliseconds: row.GetInt64(2)), cancellationToken);
        return rows.ToDictionary(static row => row.Day, static row => (row.Count, row.Milliseconds / 1000.0));
    }

    private static string Messages(ReportQuery query, SqlText sql)
    {
        string[] conditions = [.. SpendSql.Conditions(query, sql), $"m.type in ({(short)MessageType.Prompt}, {(short)MessageType.Generation})", "m.session_id is not null"];
        return $"select distinct m.system_key, m.session_key from messages m{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)}";
    }
}
