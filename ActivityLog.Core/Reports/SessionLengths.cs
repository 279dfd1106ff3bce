using System.Runtime.InteropServices;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>Reads how long sessions took, from the start of their first message to the end of their last one, by the day on which they began.</summary>
internal static class SessionLengths
{
    /// <summary>Number and length of those of some sessions that began within the range, by day.</summary>
    public static async Task<Dictionary<DateOnly, (long Sessions, double Seconds)>> ReadAsync(
        ReportSnapshot snapshot, ReportQuery query, IReadOnlySet<SessionRange> sessions, CancellationToken cancellationToken)
    {
        var sql = snapshot.Reader.NewText();
        // What began within the range ended after its start: that is what the index is in the order of.
        string[] conditions =
        [
            MessageSql.Systems(query.SystemKeys, sql),
            .. MessageSql.Range(query.From, null, sql, "m.last_at"),
            .. MessageSql.Range(query.From, query.To, sql, "+m.first_at"),
            "m.first_at is not null",
        ];
        var day = TimeSql.Row(TimeBucket.Day, "m.first_at", query.Zone, query.From, query.To);
        sql.Add($"select m.system_key, m.session_key, {day}, (m.last_at - m.first_at) / {UnixMicroseconds.PerSecond / 1000} from sessions m where {string.Join(" and ", conditions)}");
        Dictionary<long, (long Count, long Milliseconds)> days = [];
        await snapshot.Reader.ForEachAsync(
            sql,
            (NumberRow row) =>
            {
                if (sessions.Contains(new SessionRange(row.Int32(0), row.Int64(1))))
                {
                    ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(days, row.Int64(2), out _);
                    sum = (sum.Count + 1, sum.Milliseconds + row.Int64(3));
                }
            },
            cancellationToken);
        return days.ToDictionary(static one => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)one.Key), static one => (one.Value.Count, one.Value.Milliseconds / 1000.0));
    }
}
