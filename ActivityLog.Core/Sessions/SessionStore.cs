using System.Data.Common;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Sessions;

/// <inheritdoc cref="ISessionStore"/>
internal sealed class SessionStore(SqlDatabase database) : ISessionStore
{
    // Of how many sessions a page by time is picked, for each of its rows.
    private const int LooksAPlace = 8;

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

    public async Task<SessionState> GetStateAsync(int systemKey, string sessionId, CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        var isOfSession = SessionRange.Condition([RangeOf(systemKey, sessionId)], sql);
        // A part may join a row that is there. Points are few, and none of them where messages tell the same.
        sql.Add("select count(*) + coalesce(sum(m.parts), 0), max(m.received_at), ")
            .Add($"(select count(*) from {MetricStore.Points} where {isOfSession} and {SpendSql.IsUntoldSeries(sql)}) ")
            .Add($"from messages m where {isOfSession}");
        return (await database.ReadAsync(
            sql,
            static row => new SessionState(row.GetInt64(0), UnixMicroseconds.ToDateTime(row.IsDBNull(1) ? null : row.GetInt64(1)), row.GetInt64(2)),
            cancellationToken))[0];
    }

    private static SessionRange RangeOf(int systemKey, string sessionId) =>
        new(systemKey, MessageKeys.Session(systemKey, MessageKeys.SessionSource.Session, sessionId));

    private static async Task<SessionList> ListAsync(SqlReader reader, SessionQuery query, CancellationToken cancellationToken)
    {
        // What isn't of a model counts whatever the model is: only generations are told apart by it.
        var filter = query.Filter with { Models = [] };
        var snapshot = await ReportSnapshot.OpenAsync(reader, filter.SystemKeys, cancellationToken);
        var sums = Sums.Of(snapshot.State, filter, byDay: false);
        var ofModels = query.Filter.Models.Count == 0 ? null : new FieldFilter(ReportFields.Model, query.Filter.Models);
        // What sums or the rows of sessions put in order is found by them alone; the rest is read of those few.
        var place = sums is null ? null : query.Sort switch
        {
            SessionSort.Cost or SessionSort.Errors => await FindPageAsync(snapshot, sums, ofModels, query, cancellationToken),
            SessionSort.Time => await FindLatestAsync(snapshot, sums, ofModels, query, cancellationToken),
            _ => null,
        };
        if (place is { Count: 0 })
        {
            return new SessionList([], null);
        }

        var sql = reader.NewText();
        string[] ofPage = place is null ? [] : [SessionRange.Condition(place, sql)];
        var rows = sums is null ? SessionSql.Messages(SpendSql.Conditions(filter, sql).ToList(), sql) : SessionSql.Sums(sums.Sessions(sql, Sums.ToldBy(ofModels), ofFew: place is not null), ofPage);
        var ofModel = ofModels is null ? null : FieldSql.Condition(ofModels, sql);
        var metrics = snapshot.MetricsMayTell ? SpendSql.Metrics(query.Filter, null, null, sql, [.. ofPage, "m.session_key is not null"]) : null;
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

    // The sessions of a page, and the one after it.
    private static async Task<IReadOnlyList<SessionRange>> FindPageAsync(
        ReportSnapshot snapshot, Sums sums, FieldFilter? ofModels, SessionQuery query, CancellationToken cancellationToken)
    {
        var totals = await SessionTotals.ReadAsync(snapshot.Reader, sums, null, ofModels, null, cancellationToken);
        var alone = await FindAloneAsync(snapshot, query, cancellationToken);
        foreach (var (session, cost) in alone)
        {
            totals[session] = totals.GetValueOrDefault(session) + new SessionTotal(0, 0, 0, cost);
        }

        var places = totals.Where(one => IsReal(one.Value, ofModels) || alone.ContainsKey(one.Key))
            .Select(one => (First: query.Sort == SessionSort.Cost ? (long)(one.Value.CostNanodollars / HalfSum.Unit) : one.Value.Errors,
                Second: query.Sort == SessionSort.Cost ? (long)(one.Value.CostNanodollars % HalfSum.Unit) : 0, one.Key.SystemKey, one.Key.SessionKey));
        if (query.Cursor is { } cursor)
        {
            var last = (cursor.First, cursor.Second, cursor.SystemKey, cursor.SessionKey);
            places = places.Where(place => place.CompareTo(last) < 0);
        }

        return [.. places.OrderDescending().Take(query.Take + 1).Select(static place => new SessionRange(place.SystemKey, place.SessionKey))];
    }

    // A page by time: of the sessions that ended last those that the query leaves, and all that only metrics tell of, whose rows have no times. Null where these are no
    // whole page, or many: then all have to be looked through.
    private static async Task<IReadOnlyList<SessionRange>?> FindLatestAsync(
        ReportSnapshot snapshot, Sums sums, FieldFilter? ofModels, SessionQuery query, CancellationToken cancellationToken)
    {
        var alone = await FindAloneAsync(snapshot, query, cancellationToken);
        var enough = LooksAPlace * (query.Take + 1);
        if (alone.Count > enough)
        {
            return null;
        }

        var sql = snapshot.Reader.NewText();
        sql.Add($"select m.system_key, m.session_key from sessions m where {MessageSql.Systems(query.Filter.SystemKeys, sql)} and m.last_at is not null ");
        if (query.Filter.From is { } from)
        {
            sql.Add($"and m.last_at >= {sql.Parameter(UnixMicroseconds.From(from))} ");
        }

        if (query.Filter.To is { } to)
        {
            sql.Add($"and m.first_at < {sql.Parameter(UnixMicroseconds.From(to))} ");
        }

        if (query.Cursor is { } cursor)
        {
            sql.Add($"and (m.last_at, m.system_key, m.session_key) < ({sql.Parameter(cursor.First)}, {sql.Parameter(cursor.SystemKey)}, {sql.Parameter(cursor.SessionKey)}) ");
        }

        sql.Add($"order by m.last_at desc, m.system_key desc, m.session_key desc limit {sql.Parameter(enough)}");
        var latest = await snapshot.Reader.ReadAsync(sql, static row => new SessionRange(row.GetInt32(0), row.GetInt64(1)), cancellationToken);
        if (latest.Count == 0)
        {
            return null;
        }

        var totals = await SessionTotals.ReadAsync(snapshot.Reader, sums, latest, ofModels, null, cancellationToken);
        var page = latest.Where(session => alone.ContainsKey(session) || (totals.TryGetValue(session, out var total) && IsReal(total, ofModels))).Take(query.Take + 1).ToList();
        return page.Count > query.Take ? [.. page.Union(alone.Keys)] : null;
    }

    // The sessions with spend that only metrics tell, and what it is.
    private static async Task<Dictionary<SessionRange, Int128>> FindAloneAsync(ReportSnapshot snapshot, SessionQuery query, CancellationToken cancellationToken)
    {
        Dictionary<SessionRange, Int128> alone = [];
        if (snapshot.MetricsMayTell)
        {
            var sql = snapshot.Reader.NewText();
            sql.Add($"select q.system_key, q.s, q.h0, q.l0 from ({SpendSql.Metrics(query.Filter, null, null, sql, "m.session_key is not null")}) q where q.h0 <> 0 or q.l0 <> 0");
            await snapshot.Reader.ForEachAsync(
                sql,
                (NumberRow row) =>
                {
                    var session = new SessionRange(row.Int32(0), row.Int64(1));
                    alone[session] = alone.GetValueOrDefault(session) + HalfSum.Join(row.Int64(2), row.Int64(3));
                },
                cancellationToken);
        }

        return alone;
    }

    // DESIGN 5, rule 6, of what messages tell.
    private static bool IsReal(SessionTotal total, FieldFilter? ofModels) => total.Generations > 0 || (ofModels is null && total.Prompts > 0);

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
        // Each message is in the sums by quarters once; they are found by their sessions, of which there are few.
        var (table, calls, which) = fromSums
            ? ($"session_sums m{sql.Dialect.By(SummaryTables.SessionIndex)}", "sum(m.generations)", $"+m.grain = {(short)SummaryGrain.Quarter}")
            : ("messages m", "count(*)", $"m.type = {(short)MessageType.Generation}");
        sql.Add($"select m.system_key, m.session_key, (select n.value from names n where n.id = m.model_id), cast({calls} as bigint) as calls from {table} ")
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
