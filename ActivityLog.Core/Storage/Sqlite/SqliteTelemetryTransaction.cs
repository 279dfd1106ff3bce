using System.Globalization;
using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Summaries;
using Microsoft.Data.Sqlite;

namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>
/// A write on SQLite. The transaction is the database's only writer from its first statement on, so nothing needs a lock of its own and nobody else can be
/// first. SQLite works in the calling thread: the methods end as they return.
/// </summary>
internal sealed class SqliteTelemetryTransaction(SqliteWriter writer, Action<bool> release) : ITelemetryTransaction
{
    private const string ByKey = "WHERE system_key = ? AND session_key = ? AND call_key = ?";

    private static readonly string s_insert =
        $"INSERT INTO messages ({MessageColumns.List}) VALUES ({string.Join(", ", Enumerable.Repeat("?", MessageColumns.Names.Length))})";

    private static readonly string s_update =
        $"UPDATE messages SET {string.Join(", ", MessageColumns.Names.Skip(MessageColumns.KeyColumns).Select(static n => n + " = ?"))} {ByKey}";

    private bool _committed;

    public Task<TelemetryFound> LookAsync(TelemetryLook look, CancellationToken cancellationToken) =>
        Task.FromResult(new TelemetryFound(NoteSessions(look.Sessions), Find(look.Messages), SqliteSummaryWriter.ReadRules(writer)));

    public async Task<IReadOnlyList<(MessageRow Row, string Attributes)>> LoadAsync(
        IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken)
    {
        await using var command = writer.Connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT {MessageColumns.List}, (SELECT attributes FROM attribute_sets WHERE system_key = @system AND set_key = attribute_set_key)
            FROM messages WHERE system_key = @system AND session_key = @session AND call_key = @call
            """;
        var (system, session, call) = (command.Parameters.AddWithValue("@system", 0), command.Parameters.AddWithValue("@session", 0L), command.Parameters.AddWithValue("@call", 0L));
        var rows = new List<(MessageRow, string)>(keys.Count);
        foreach (var (systemKey, key) in keys)
        {
            (system.Value, session.Value, call.Value) = (systemKey, key.Session, key.Call);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add((MessageColumns.Read(reader), reader.GetString(MessageColumns.Names.Length)));
            }
        }

        return rows;
    }

    public Task WriteAsync(IReadOnlyList<MessageRow> inserts, IReadOnlyList<MessageRow> updates, CancellationToken cancellationToken)
    {
        var insert = writer.Prepare(s_insert);
        foreach (var row in inserts)
        {
            insert.Bind(row.SystemKey).Bind(row.SessionKey).Bind(row.CallKey);
            BindRest(insert, row);
            insert.Run();
        }

        var update = writer.Prepare(s_update);
        foreach (var row in updates)
        {
            BindRest(update, row);
            update.Bind(row.SystemKey).Bind(row.SessionKey).Bind(row.CallKey).Run();
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<TracedCall>> ListTracedCallsAsync(
        IReadOnlyList<SessionRef> sessions, IReadOnlyList<byte[]> traces, CancellationToken cancellationToken)
    {
        var list = writer.Prepare(
            $"""
            SELECT {TelemetrySql.TracedCallColumns} FROM messages
            WHERE system_key = ? AND session_key = ? AND span_id IS NOT NULL AND parts <> {(int)MessageParts.Event}
                AND hex(trace_id) IN (SELECT value FROM json_each(?))
            """);
        var hex = JsonSerializer.Serialize(traces.Select(Convert.ToHexString));
        var calls = new List<TracedCall>();
        foreach (var session in sessions)
        {
            list.Bind(session.System).Bind(session.Session).Bind(hex);
            while (list.Step())
            {
                calls.Add(new TracedCall(
                    session.System, new MessageKey(session.Session, list.Int64(0)), (MessageType)list.Int64(1), (MessageParts)list.Int64(2), list.Text(3),
                    list.Int64(4), list.Int64OrNull(5), (int?)list.Int64OrNull(6), list.Int64OrNull(7), list.Int64OrNull(8), list.Int64OrNull(9),
                    list.Int64OrNull(10), list.Int64(11)));
            }
        }

        return Task.FromResult<IReadOnlyList<TracedCall>>(calls);
    }

    public async Task<IReadOnlyList<MessageRow>> MarkRepeatsAsync(IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken)
    {
        var rows = new List<MessageRow>();
        foreach (var (system, key) in keys)
        {
            rows.AddRange(await RepeatAsync(
                new(system, key.Session), $"call_key = {key.Call.ToString(CultureInfo.InvariantCulture)} AND type <> {(int)MessageType.Repeat}", cancellationToken));
        }

        return rows;
    }

    public async Task<IReadOnlyList<MessageRow>> RepeatSpansAsync(IReadOnlyList<SessionRef> sessions, CancellationToken cancellationToken)
    {
        var rows = new List<MessageRow>();
        foreach (var session in sessions)
        {
            rows.AddRange(await RepeatAsync(session, TelemetrySql.IsSpanWithoutId, cancellationToken));
        }

        return rows;
    }

    public Task<IReadOnlyDictionary<(int System, long Key), string>> LoadAttributeSetsAsync(IReadOnlyList<(int System, long Key)> keys, CancellationToken cancellationToken)
    {
        var select = writer.Prepare("SELECT attributes FROM attribute_sets WHERE system_key = ? AND set_key = ?");
        var sets = new Dictionary<(int, long), string>();
        foreach (var key in keys)
        {
            select.Bind(key.System).Bind(key.Key);
            if (select.Step())
            {
                sets.Add(key, select.Text(0));
                select.Reset();
            }
        }

        return Task.FromResult<IReadOnlyDictionary<(int, long), string>>(sets);
    }

    public Task AddSeriesAsync(IReadOnlyList<MetricSeriesRow> series, CancellationToken cancellationToken)
    {
        var insert = writer.Prepare(
            $"""
            INSERT INTO metric_series ({TelemetrySql.SeriesColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            {SharedExpiry.OnConflict("metric_series", "system_key, series_key")}
            """);
        foreach (var row in series)
        {
            insert.Bind(row.SystemKey).Bind(row.SeriesKey).Bind((long)row.Kind).Bind((long)row.Temporality).Bind(row.IsMonotonic ? 1 : 0).Bind(row.NameId)
                .Bind(row.ServiceId).Bind(row.UserId).Bind(row.ModelId).Bind(row.SessionKey).Bind(row.SessionId).Bind(row.Unit).Bind(row.AttributeSetKey)
                .Bind(row.Metadata).Bind(row.ExpiresAt).Run();
        }

        return Task.CompletedTask;
    }

    public async Task<AddedPoints> AddPointsAsync(IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken)
    {
        var insert = writer.Prepare($"INSERT INTO metric_points ({TelemetrySql.PointColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        var added = new List<MetricPoint>(points.Count);
        foreach (var point in points)
        {
            var isNew = insert.Bind(point.SystemKey).Bind(point.SeriesKey).Bind(UnixMicroseconds.From(point.OccurredAt)).Bind(UnixMicroseconds.From(point.StartedAt))
                .Bind(point.Value).Bind(MetricRows.Increment(point)).Bind(point.Count).Bind(point.Count).Bind(point.TokenKey)
                .Bind(UnixMicroseconds.From(point.ReceivedAt)).Bind(point.ExpiresAt is { } expires ? UnixMicroseconds.From(expires) : null).Run() > 0;
            if (isNew)
            {
                added.Add(point);
            }
        }

        var changes = added.ConvertAll(static p => new PointChange(p.SystemKey, p.SeriesKey, UnixMicroseconds.From(p.OccurredAt), null, MetricRows.Increment(p)));
        await RecountAsync(MetricRows.Cumulative(added), changes, cancellationToken);
        return new(added.Count, changes);
    }

    public Task CommitAsync(TelemetryEnd end, CancellationToken cancellationToken)
    {
        AddSets(end.Sets);
        MarkSessions(end.Sessions);
        SqliteSummaryWriter.Append(writer.Prepare, end.Summaries, end.SummarySets);
        CountTokens(end.Tokens);
        writer.Run("COMMIT");
        _committed = true;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        var healthy = _committed;
        try
        {
            if (!_committed)
            {
                writer.Run("ROLLBACK");
                healthy = true;
            }
        }
        catch (SqliteException)
        {
            // The engine rolled back by itself (disk full, I/O error), which is told by the error that led here; the connection is given up.
        }
        finally
        {
            release(healthy);
        }

        return ValueTask.CompletedTask;
    }

    private async Task RecountAsync(IEnumerable<CumulativeRun> cumulative, List<PointChange> changes, CancellationToken cancellationToken)
    {
        await using var list = writer.Connection.CreateCommand();
        list.CommandText = MetricRows.Recounted;
        var update = writer.Prepare(
            "UPDATE metric_points SET increment = ?, count_increment = ? WHERE system_key = ? AND series_key = ? AND occurred_at = ? AND started_at = ? AND value = ?");
        foreach (var run in cumulative)
        {
            list.Parameters.Clear();
            list.Parameters.AddWithValue("@system", run.System);
            list.Parameters.AddWithValue("@series", run.Series);
            list.Parameters.AddWithValue("@started", run.StartedAt);
            list.Parameters.AddWithValue("@least", run.Least);
            list.Parameters.AddWithValue("@until", run.Until);
            list.Parameters.AddWithValue("@from", run.From);
            list.Parameters.AddWithValue("@monotonic", run.IsMonotonic ? 1 : 0);
            var rows = new List<(long OccurredAt, long StartedAt, double Value, double Before, double After, long? Count)>();
            await using (var reader = await list.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4), reader.IsDBNull(5) ? null : reader.GetInt64(5)));
                }
            }

            foreach (var row in rows)
            {
                update.Bind(row.After).Bind(row.Count).Bind(run.System).Bind(run.Series).Bind(row.OccurredAt).Bind(row.StartedAt).Bind(row.Value).Run();
                changes.Add(new(run.System, run.Series, row.OccurredAt, row.Before, row.After));
            }
        }
    }

    private HashSet<SessionRef> NoteSessions(IReadOnlyList<SharedSession> sessions)
    {
        var insert = writer.Prepare(
            $"INSERT INTO sessions (system_key, session_key, session_id, has_events, expires_at) VALUES (?, ?, ?, ?, ?) {SharedExpiry.OnConflict("sessions", "system_key, session_key")}");
        var select = writer.Prepare("SELECT has_events FROM sessions WHERE system_key = ? AND session_key = ?");
        var withEvents = new HashSet<SessionRef>();
        foreach (var (session, id, hasEvents, keptUntil) in sessions)
        {
            insert.Bind(session.System).Bind(session.Session).Bind(id).Bind(hasEvents ? 1 : 0).Bind(keptUntil).Run();
            select.Bind(session.System).Bind(session.Session);
            if (select.Step() && select.Int64(0) != 0)
            {
                withEvents.Add(session);
            }

            select.Reset();
        }

        return withEvents;
    }

    private Dictionary<(int System, MessageKey Key), MessageRank> Find(IReadOnlyList<FoldedMessage> messages)
    {
        var find = writer.Prepare($"SELECT {TelemetrySql.RankColumns} FROM messages {ByKey}");
        var found = new Dictionary<(int, MessageKey), MessageRank>();
        foreach (var (message, _) in messages)
        {
            find.Bind(message.SystemKey).Bind(message.Key.Session).Bind(message.Key.Call);
            if (find.Step())
            {
                found.Add((message.SystemKey, message.Key), new MessageRank(
                    (MessageParts)find.Int64(0), (MessageMarks)find.Int64(1), find.Int64OrNull(2), find.Int64OrNull(3), find.Int64OrNull(4), find.Int64OrNull(5),
                    find.Int64OrNull(6), UnixMicroseconds.ToDateTime(find.Int64(7)), UnixMicroseconds.ToDateTime(find.Int64OrNull(8)), find.Int64OrNull(9)));
                find.Reset();
            }
        }

        return found;
    }

    private void AddSets(IReadOnlyList<SharedSet> sets)
    {
        var insert = writer.Prepare(
            $"INSERT INTO attribute_sets (system_key, set_key, attributes, expires_at) VALUES (?, ?, ?, ?) {SharedExpiry.OnConflict("attribute_sets", "system_key, set_key")}");
        foreach (var (system, set, keptUntil) in sets)
        {
            insert.Bind(system).Bind(set.Key).Bind(set.Json).Bind(keptUntil).Run();
        }
    }

    // The rows as they were, and then the update: nobody else writes between.
    private async Task<List<MessageRow>> RepeatAsync(SessionRef session, string condition, CancellationToken cancellationToken)
    {
        const string Of = "system_key = @system AND session_key = @session";
        await using var command = writer.Connection.CreateCommand();
        command.CommandText = $"SELECT {SummaryColumns.Of("", "metadata")} FROM messages WHERE {Of} AND {condition}";
        command.Parameters.AddWithValue("@system", session.System);
        command.Parameters.AddWithValue("@session", session.Session);
        var rows = new List<MessageRow>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(SummaryColumns.Read(reader));
            }
        }

        command.CommandText = $"UPDATE messages SET type = {(int)MessageType.Repeat} WHERE {Of} AND {condition}";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return rows;
    }

    private void MarkSessions(IReadOnlyList<SessionRef> sessions)
    {
        var mark = writer.Prepare("UPDATE sessions SET has_events = 1 WHERE system_key = ? AND session_key = ?");
        foreach (var session in sessions)
        {
            mark.Bind(session.System).Bind(session.Session).Run();
        }
    }

    private void CountTokens(IReadOnlyDictionary<int, TokenUse> tokens)
    {
        var update = writer.Prepare(
            """
            UPDATE tokens SET message_count = message_count + ?, log_record_count = log_record_count + ?, span_count = span_count + ?,
                metric_point_count = metric_point_count + ?,
                last_log_record_at = coalesce(?, last_log_record_at), last_span_at = coalesce(?, last_span_at),
                last_metric_point_at = coalesce(?, last_metric_point_at), last_used_at = ?
            WHERE key = ?
            """);
        foreach (var (key, use) in tokens)
        {
            update.Bind(use.NewMessages).Bind(use.LogRecords).Bind(use.Spans).Bind(use.MetricPoints).Bind(Time(use.LastLogRecordAt)).Bind(Time(use.LastSpanAt))
                .Bind(Time(use.LastMetricPointAt)).Bind(Time(use.LastUsedAt)).Bind(key).Run();
        }


        static long? Time(DateTime? time) => time is { } at ? UnixMicroseconds.From(at) : null;
    }

    private static void BindRest(SqliteStatement statement, MessageRow row) => statement
        .Bind(row.OccurredAt).Bind(row.StartedAt).Bind(row.ReceivedAt).Bind(row.ExpiresAt).Bind(row.TokenKey).Bind((long)row.Parts).Bind((long)row.Marks)
        .Bind((long)row.Type).Bind((long?)row.Level).Bind((long?)row.Status).Bind(row.NameId).Bind(row.ServiceId).Bind(row.ModelId).Bind(row.ProviderId)
        .Bind(row.UserId).Bind(row.ToolId).Bind(row.AgentId).Bind(row.InputTokens).Bind(row.OutputTokens).Bind(row.CacheReadTokens).Bind(row.CacheCreateTokens)
        .Bind(row.CostNanodollars).Bind(row.DurationMs).Bind(row.TtftMs).Bind(row.TraceId).Bind(row.SpanId).Bind(row.ParentSpanId).Bind(row.AttributeSetKey)
        .Bind(row.SessionId).Bind(row.PromptId).Bind(row.RequestId).Bind(row.ToolUseId).Bind(row.Error).Bind(row.Body).Bind(row.Metadata);
}
