using System.Data.Common;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Sessions;

/// <inheritdoc cref="ISessionStore"/>
internal sealed class SessionStore(SqlDatabase database) : ISessionStore
{
    public Task<SessionList> ListAsync(SessionQuery query, CancellationToken cancellationToken) =>
        database.SnapshotAsync(reader => ListAsync(reader, query, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<SessionView>> FindAsync(string sessionId, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken) =>
        database.SnapshotAsync(reader => FindAsync(reader, sessionId, systemKeys, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<(T Taken, Guid? ParentId)>> ListMessagesAsync<T>(
        int systemKey, string sessionId, Func<MessageView, T> take, CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        sql.Add($"{MessageRows.Select} from messages m where {SessionRange.Condition([RangeOf(systemKey, sessionId)], sql)} ")
            .Add($"order by coalesce(m.started_at, m.occurred_at), m.call_key limit {sql.Parameter(ISessionStore.MaxMessages)}");
        var rows = new MessageRows();
        var found = await database.ReadAsync(sql, Read, cancellationToken);
        var parents = new ToolParents([.. found.Select(static row => row.Related)]);
        return [.. found.Select(row => (row.Taken, row.Related.Type == MessageType.Tool ? parents.Of(row.Related)?.Key.ToGuid() : null))];

        (RelatedRow Related, T Taken) Read(DbDataReader reader)
        {
            var message = rows.Read(reader);
            return (RelatedRow.Of(message), take(message.View));
        }
    }

    public async Task<(long Parts, DateTime? ReceivedAt)> GetStateAsync(int systemKey, string sessionId, CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        // A part may join a row that is there.
        sql.Add($"select count(*) + coalesce(sum(m.parts), 0), max(m.received_at) from messages m where {SessionRange.Condition([RangeOf(systemKey, sessionId)], sql)}");
        return (await database.ReadAsync(
            sql, static row => (row.GetInt64(0), UnixMicroseconds.ToDateTime(row.IsDBNull(1) ? null : row.GetInt64(1))), cancellationToken))[0];
    }

    private static SessionRange RangeOf(int systemKey, string sessionId) =>
        new(systemKey, MessageKeys.Session(systemKey, MessageKeys.SessionSource.Session, sessionId));

    private static async Task<SessionList> ListAsync(SqlReader reader, SessionQuery query, CancellationToken cancellationToken)
    {
        // What isn't of a model counts whatever the model is: only generations are told apart by it.
        var filter = query.Filter with { Models = [] };
        var snapshot = await ReportSnapshot.OpenAsync(reader, filter.SystemKeys, cancellationToken);
        var sums = Sums.Of(snapshot.State, filter, byDay: false) is { HasSessions: true } some ? some : null;
        var sql = reader.NewText();
        var rows = sums is null ? SessionSql.Messages(SpendSql.Conditions(filter, sql).ToList(), sql) : SessionSql.Sums(sums.Sessions(sql));
        var ofModel = query.Filter.Models.Count == 0 ? null : FieldSql.Condition(new FieldFilter(ReportFields.Model, query.Filter.Models), sql);
        var metrics = snapshot.MetricsMayTell ? SpendSql.Metrics(query.Filter, null, null, sql, "m.session_key is not null") : null;
        var where = query.Cursor is not { } cursor ? "" : "where (p.v1, p.v2, p.system_key, p.session_key) < " +
            $"({sql.Parameter(cursor.First)}, {sql.Parameter(cursor.Second)}, {sql.Parameter(cursor.SystemKey)}, {sql.Parameter(cursor.SessionKey)}) ";
        sql.Add($"select {SessionSql.Columns} from ({SessionSql.Named(SessionSql.Group(rows, ofModel, metrics), query.Sort)}) p {where}")
            .Add($"order by p.v1 desc, p.v2 desc, p.system_key desc, p.session_key desc limit {sql.Parameter(query.Take + 1)}");
        var found = await reader.ReadAsync(sql, row => SessionSql.Read(row, query.Sort), cancellationToken);
        var page = found.Take(query.Take).ToList();
        return new SessionList(
            await WithModelsAsync(reader, page, sums is not null, cancellationToken),
            found.Count > query.Take ? page[^1].Place.ToString() : null);
    }

    private static async Task<IReadOnlyList<SessionView>> FindAsync(
        SqlReader reader, string sessionId, IReadOnlyCollection<int> systemKeys, CancellationToken cancellationToken)
    {
        if (systemKeys.Count == 0)
        {
            return [];
        }

        var sql = reader.NewText();
        string[] conditions = [SessionRange.Condition(systemKeys.Select(system => RangeOf(system, sessionId)), sql)];
        var messages = SessionSql.Messages(conditions, sql);
        var metrics = SpendSql.Metrics(new ReportQuery { SystemKeys = [.. systemKeys] }, null, null, sql, conditions);
        sql.Add($"select {SessionSql.Columns} from ({SessionSql.Named(SessionSql.Group(messages, null, metrics), SessionSort.Time)}) p ")
            .Add("order by p.v1 desc, p.system_key desc");
        var found = await reader.ReadAsync(sql, static row => SessionSql.Read(row, SessionSort.Time), cancellationToken);
        return await WithModelsAsync(reader, found, fromSums: false, cancellationToken);
    }

    private static async Task<IReadOnlyList<SessionView>> WithModelsAsync(
        SqlReader reader, List<(SessionView Session, SessionCursor Place)> sessions, bool fromSums, CancellationToken cancellationToken)
    {
        if (sessions.Count == 0)
        {
            return [];
        }

        var sql = reader.NewText();
        var condition = SessionRange.Condition(sessions.Select(static one => new SessionRange(one.Place.SystemKey, one.Place.SessionKey)), sql);
        // Each message is in the sums by quarters once.
        var (table, calls, which) = fromSums
            ? ("session_sums", "sum(m.generations)", $"m.grain = {(short)SummaryGrain.Quarter}")
            : ("messages", "count(*)", $"m.type = {(short)MessageType.Generation}");
        sql.Add($"select m.system_key, m.session_key, (select n.value from names n where n.id = m.model_id), cast({calls} as bigint) as calls from {table} m ")
            .Add($"where {condition} and {which} and m.model_id is not null group by m.system_key, m.session_key, m.model_id having {calls} > 0");
        var models = (await ReadModelsAsync(reader, sql, cancellationToken))
            .Concat(sessions.Exists(static one => one.Session.IsOfMetrics) ? await ReadModelsOfMetricsAsync(reader, sessions, cancellationToken) : [])
            .ToLookup(static one => one.Session);
        return
        [
            .. sessions.Select(one => one.Session with
            {
                Models =
                [
                    .. models[new SessionRange(one.Place.SystemKey, one.Place.SessionKey)]
                        .OrderByDescending(static model => model.Calls).ThenBy(static model => model.Model, StringComparer.Ordinal).Select(static model => model.Model).Distinct(),
                ],
            }),
        ];
    }

    private static Task<List<(SessionRange Session, string Model, long Calls)>> ReadModelsOfMetricsAsync(
        SqlReader reader, List<(SessionView Session, SessionCursor Place)> sessions, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var condition = SessionRange.Condition(
            sessions.Where(static one => one.Session.IsOfMetrics).Select(static one => new SessionRange(one.Place.SystemKey, one.Place.SessionKey)), sql);
        sql.Add("select m.system_key, m.session_key, (select n.value from names n where n.id = m.model_id), cast(0 as bigint) from metric_series m ")
            .Add($"where {condition} and {SpendSql.IsUntoldSeries(sql)} and m.model_id is not null group by m.system_key, m.session_key, m.model_id");
        return ReadModelsAsync(reader, sql, cancellationToken);
    }

    private static Task<List<(SessionRange Session, string Model, long Calls)>> ReadModelsAsync(SqlReader reader, SqlText sql, CancellationToken cancellationToken) =>
        reader.ReadAsync(sql, static row => (new SessionRange(row.GetInt32(0), row.GetInt64(1)), row.GetString(2), row.GetInt64(3)), cancellationToken);
}
