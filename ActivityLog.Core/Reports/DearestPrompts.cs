using System.Data.Common;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Sessions;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Reports;

/// <summary>
/// Finds the prompts that cost most without reading every call: sessions come the dearest first, and no prompt costs more than its session, so that all are found
/// once the last of them costs as much as the next session.
/// </summary>
internal sealed class DearestPrompts(SqlDatabase database, ISessionStore sessions)
{
    /// <summary>Most sessions that are looked through.</summary>
    public const int MaxSessions = 10_000;

    private const long Half = 1_000_000_000;

    private static readonly string[] s_amounts = ["cost_nanodollars", "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens"];

    /// <summary>So many prompts, the dearest first.</summary>
    public async Task<IReadOnlyList<PromptSpend>> ReadAsync(ReportQuery query, int count, CancellationToken cancellationToken)
    {
        List<PromptSpend> found = [];
        SessionCursor? cursor = null;
        // Few at first: mostly the dearest prompts are in the dearest sessions.
        for (var (seen, take) = (0, Math.Min(count, SessionQuery.MaxTake)); seen < MaxSessions; take = SessionQuery.MaxTake)
        {
            var page = await sessions.ListAsync(new SessionQuery { Filter = query, Sort = SessionSort.Cost, Take = take, Cursor = cursor }, cancellationToken);
            seen += page.Items.Count;
            var dear = page.Items.TakeWhile(session => found.Count < count || session.CostNanodollars > found[^1].Usage.CostNanodollars).ToList();
            if (dear.Count > 0)
            {
                var more = await database.SnapshotAsync(reader => ReadAsync(reader, query, dear, cancellationToken), cancellationToken);
                found = [.. found.Concat(more).OrderByDescending(static one => one.Usage.CostNanodollars).ThenBy(static one => one.PromptId, StringComparer.Ordinal).Take(count)];
            }

            if (dear.Count < page.Items.Count || page.NextCursor is not { } next || (cursor = SessionCursor.TryParse(next, SessionSort.Cost)) is null)
            {
                break;
            }
        }

        return found;
    }

    private static async Task<List<PromptSpend>> ReadAsync(SqlReader reader, ReportQuery query, IReadOnlyList<SessionView> of, CancellationToken cancellationToken)
    {
        var systems = await ReadSystemsAsync(reader, query, cancellationToken);
        var ranges = of.Select(session => (Key: systems[session.SystemId], session.SessionId))
            .Select(static session => new SessionRange(session.Key, MessageKeys.Session(session.Key, MessageKeys.SessionSource.Session, session.SessionId)));
        var sql = reader.NewText();
        var person = sql.Person("m.user_id");
        string[] conditions =
        [
            SessionRange.Condition(ranges, sql), .. SpendSql.Conditions(query, sql), $"m.type = {(short)MessageType.Generation}", "m.prompt_id is not null",
        ];
        var sums = s_amounts.Select(static (amount, i) => $"cast(coalesce(sum(m.{amount} / {Half}), 0) as bigint) as h{i}, cast(coalesce(sum(m.{amount} % {Half}), 0) as bigint) as l{i}");
        sql.Add($"select g.prompt_id, g.sid, g.system_key, (select value from names where id = g.u), g.t, g.n, {string.Join(", ", s_amounts.Select(static (_, i) => $"g.h{i}, g.l{i}"))} from (")
            .Add($"select m.system_key, m.session_key, m.prompt_id, max(m.session_id) as sid, max({person}) as u, min(m.occurred_at) as t, count(*) as n, {string.Join(", ", sums)} ")
            .Add($"from messages m{FieldSql.Joins(sql)} where {string.Join(" and ", conditions)} group by m.system_key, m.session_key, m.prompt_id) g");
        var idOf = systems.ToDictionary(static one => one.Value, static one => one.Key);
        return await reader.ReadAsync(sql, row => Read(row, idOf[row.GetInt32(2)]), cancellationToken);
    }

    private static async Task<Dictionary<Guid, int>> ReadSystemsAsync(SqlReader reader, ReportQuery query, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        sql.Add($"select s.id, s.key from systems s where s.key in ({sql.Parameters(query.SystemKeys)})");
        return (await reader.ReadAsync(sql, static row => (Id: row.GetGuid(0), Key: row.GetInt32(1)), cancellationToken)).ToDictionary(static one => one.Id, static one => one.Key);
    }

    private static PromptSpend Read(DbDataReader row, Guid systemId) => new(
        row.GetString(0), row.IsDBNull(1) ? "" : row.GetString(1), systemId, row.IsDBNull(3) ? null : row.GetString(3), UnixMicroseconds.ToDateTime(row.GetInt64(4)),
        new SpendUsage(Amount(row, 0), row.GetInt64(5), Amount(row, 1), Amount(row, 2), Amount(row, 3), Amount(row, 4)));

    private static long Amount(DbDataReader row, int amount) => Figure.Clamp((Int128)row.GetInt64(6 + 2 * amount) * Half + row.GetInt64(7 + 2 * amount));
}
