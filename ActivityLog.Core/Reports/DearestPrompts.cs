using System.Data.Common;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>
/// Finds the prompts that cost most without reading every call: sessions come the dearest first, and no prompt costs more than its session, so that all are found
/// once the last of them costs as much as the next session.
/// </summary>
internal sealed class DearestPrompts(SqlDatabase database)
{
    /// <summary>Most sessions that are looked through.</summary>
    public const int MaxSessions = 10_000;

    // Sessions whose calls are read at once: mostly the dearest prompts are in the dearest sessions.
    private const int LeastAtOnce = 25;
    private const int MostAtOnce = 200;

    private static readonly string[] s_amounts = ["cost_nanodollars", "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens"];

    /// <summary>So many prompts, the dearest first.</summary>
    public Task<IReadOnlyList<PromptSpend>> ReadAsync(ReportQuery query, int count, CancellationToken cancellationToken) =>
        ReportSnapshot.ReadAsync(database, query, snapshot => ReadAsync(snapshot, query, count, cancellationToken), cancellationToken);

    private static async Task<IReadOnlyList<PromptSpend>> ReadAsync(ReportSnapshot snapshot, ReportQuery query, int count, CancellationToken cancellationToken)
    {
        var systems = await ReadSystemsAsync(snapshot.Reader, query, cancellationToken);
        var sessions = await SessionSpendStore.ListDearestAsync(snapshot, query, MaxSessions, cancellationToken);
        List<PromptSpend> found = [];
        for (var (seen, take) = (0, LeastAtOnce); seen < sessions.Count; seen += take, take = Math.Min(2 * take, MostAtOnce))
        {
            var next = sessions.GetRange(seen, Math.Min(take, sessions.Count - seen));
            var dear = next.TakeWhile(session => found.Count < count || session.CostNanodollars > found[^1].Usage.CostNanodollars).Select(static session => session.Session).ToList();
            if (dear.Count > 0)
            {
                var more = await ReadAsync(snapshot.Reader, query, dear, systems, cancellationToken);
                found = [.. found.Concat(more).OrderByDescending(static one => one.Usage.CostNanodollars).ThenBy(static one => one.PromptId, StringComparer.Ordinal).Take(count)];
            }

            if (dear.Count < next.Count)
            {
                break;
            }
        }

        return found;
    }

    private static Task<List<PromptSpend>> ReadAsync(
        SqlReader reader, ReportQuery query, IReadOnlyList<SessionRange> of, Dictionary<int, Guid> systems, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var person = sql.Person("m.user_id");
        string[] conditions =
        [
            SessionRange.Condition(of, sql), .. SpendSql.ConditionsWithinSessions(query, sql), $"m.type = {(short)MessageType.Generation}", "m.prompt_id is not null",
        ];
        var sums = s_amounts.Select(static (amount, i) => HalfSum.Named($"m.{amount}", i));
        sql.Add($"select g.prompt_id, g.sid, g.system_key, (select value from names where id = g.u), g.t, g.n, {string.Join(", ", s_amounts.Select(static (_, i) => $"g.h{i}, g.l{i}"))} from (")
            .Add($"select m.system_key, m.session_key, m.prompt_id, max(m.session_id) as sid, max({person}) as u, min(m.occurred_at) as t, count(*) as n, {string.Join(", ", sums)} ")
            .Add($"from messages m{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)} group by m.system_key, m.session_key, m.prompt_id) g");
        return reader.ReadAsync(sql, row => Read(row, systems[row.GetInt32(2)]), cancellationToken);
    }

    private static async Task<Dictionary<int, Guid>> ReadSystemsAsync(SqlReader reader, ReportQuery query, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        sql.Add($"select s.id, s.key from systems s where s.key in ({sql.Parameters(query.SystemKeys)})");
        return (await reader.ReadAsync(sql, static row => (Id: row.GetGuid(0), Key: row.GetInt32(1)), cancellationToken)).ToDictionary(static one => one.Key, static one => one.Id);
    }

    private static PromptSpend Read(DbDataReader row, Guid systemId) => new(
        row.GetString(0), row.IsDBNull(1) ? "" : row.GetString(1), systemId, row.IsDBNull(3) ? null : row.GetString(3), UnixMicroseconds.ToDateTime(row.GetInt64(4)),
        new SpendUsage(Amount(row, 0), row.GetInt64(5), Amount(row, 1), Amount(row, 2), Amount(row, 3), Amount(row, 4)));

    private static long Amount(DbDataReader row, int amount) => Figure.Clamp(HalfSum.Join(row.GetInt64(6 + 2 * amount), row.GetInt64(7 + 2 * amount)));
}
