using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Reads who was active.</summary>
internal static class ActivityStore
{
    /// <summary>A row a day, and one of the whole range, whose sessions and people aren't the sum of the days'. One statement.</summary>
    public static Task<List<ActivityRow>> ReadAsync(SqlReader reader, ReportQuery query, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var conditions = string.Join(" and ", SpendSql.Conditions(query, sql));
        var (prompt, generation, error) = ((short)MessageType.Prompt, (short)MessageType.Generation, (short)MessageType.Error);
        // A session is real when it has a prompt, a generation or spend (DESIGN 5, rule 6); a failed call alone makes none.
        var messages = $"select {SpendSql.Day(query)} as d, case when m.type <> {error} and m.session_id is not null then m.session_key end as s, " +
            $"case when m.type <> {error} then m.user_id end as u, case when m.type = {error} then 1 else 0 end as e " +
            $"from messages m{FieldSql.Joins(sql)} where {conditions} and m.type in ({prompt}, {generation}, {error})";
        var metrics = $"select d, s, u, 0 as e from ({SpendSql.Metrics(query, sql)}) p where h0 <> 0 or l0 <> 0";
        const string Counts = "count(distinct s), count(distinct u), cast(coalesce(sum(e), 0) as bigint)";
        sql.Add($"with act as ({messages} union all {metrics}) select d, {Counts} from act group by d ")
            .Add($"union all select cast(null as bigint), {Counts} from act");
        return reader.ReadAsync(
            sql,
            static row => new ActivityRow(
                row.IsDBNull(0) ? null : DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)row.GetInt64(0)),
                row.GetInt64(1),
                row.GetInt64(2),
                row.GetInt64(3)),
            cancellationToken);
    }
}
