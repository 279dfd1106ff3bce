using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Summaries;
using Npgsql;
using NpgsqlTypes;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>
/// A write on PostgreSQL: look-ups and updates by arrays of keys, new rows by binary COPY. Keys come sorted, so that two writers take their locks in one order.
/// What can go together goes in one round trip: a batch of new events takes four, the commit among them.
/// </summary>
/// <param name="connection">Its own connection.</param>
/// <param name="transaction">The transaction, which the first statement begins.</param>
/// <param name="alone">Whether nobody else may write messages meanwhile.</param>
/// <param name="endTurn">Called once, when the messages are written: another transaction of this node may begin.</param>
internal sealed class PostgresTelemetryTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, bool alone, Action endTurn)
    : ITelemetryTransaction
{
    // Apart from what else might take advisory locks in this database.
    private const int TraceLockSpace = 0x414C_4F48;

    // Traces share this many locks, so that a batch of thousands doesn't fill the server's lock table.
    private const int TraceLocks = 64;

    private const string LockTraces = "SELECT pg_advisory_xact_lock($1, bucket) FROM unnest($2) AS bucket";

    private const string SelectSessions =
        """
        SELECT s.system_key, s.session_key FROM unnest($1, $2) AS k(system_key, session_key),
            LATERAL (SELECT * FROM sessions WHERE system_key = k.system_key AND session_key = k.session_key LIMIT 1 FOR UPDATE) AS s
        WHERE s.has_events
        """;

    private const string MarkSessions =
        """
        UPDATE sessions AS s SET has_events = true FROM unnest($1, $2) AS k(system_key, session_key)
        WHERE s.system_key = k.system_key AND s.session_key = k.session_key
        """;

    private const string CountToken =
        """
        UPDATE tokens SET message_count = message_count + $1, log_record_count = log_record_count + $2, span_count = span_count + $3,
            metric_point_count = metric_point_count + $4, last_log_record_at = greatest(last_log_record_at, $5),
            last_span_at = greatest(last_span_at, $6), last_metric_point_at = greatest(last_metric_point_at, $7),
            last_used_at = greatest(last_used_at, $8)
        WHERE key = $9
        """;

    private static readonly string s_insertSessions =
        $"""
        INSERT INTO sessions (system_key, session_key, session_id, has_events, expires_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5) {SharedExpiry.OnConflict("sessions", "system_key, session_key")}
        """;

    private static readonly string s_markRepeats = Repeat(
        $"""
        unnest($1, $2, $3) AS k(system_key, session_key, call_key), LATERAL (
            SELECT * FROM messages WHERE system_key = k.system_key AND session_key = k.session_key AND call_key = k.call_key
                AND type <> {(int)MessageType.Repeat} LIMIT 1 FOR UPDATE) AS m
        """);

    private static readonly string s_repeatSpans = Repeat(
        $"""
        unnest($1, $2) AS k(system_key, session_key), LATERAL (
            SELECT * FROM messages WHERE system_key = k.system_key AND session_key = k.session_key AND {TelemetrySql.IsSpanWithoutId} OFFSET 0 FOR UPDATE) AS m
        """);

    private static readonly string s_insertSets =
        $"""
        INSERT INTO attribute_sets (system_key, set_key, attributes, expires_at)
        SELECT * FROM unnest($1, $2, $3, $4) {SharedExpiry.OnConflict("attribute_sets", "system_key, set_key")}
        """;

    private static readonly string s_find = $"SELECT k.system_key, k.session_key, k.call_key, {TelemetrySql.RankColumns} {ByKeys("")}";

    private static readonly string s_load =
        $"""
        SELECT {string.Join(", ", MessageColumns.Names.Select(static n => "m." + n))}, a.attributes::text {ByKeys("FOR UPDATE")},
            LATERAL (SELECT attributes FROM attribute_sets WHERE system_key = m.system_key AND set_key = m.attribute_set_key LIMIT 1) AS a
        """;

    private readonly PostgresMetricWriter _metrics = new(connection, transaction);
    private readonly CopyBuffer _copy = new();
    private bool _hasTurn = true;

    public Task<TelemetryFound> LookAsync(TelemetryLook look, CancellationToken cancellationToken) => PostgresWrites.GuardAsync(async () =>
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        // Before all others: who waits to be alone keeps nobody from ending.
        batch.BatchCommands.Add(new NpgsqlBatchCommand(alone ? PostgresSummaryWriter.LockExclusive : PostgresSummaryWriter.LockShared));
        if (look.Sessions.Count > 0)
        {
            var (systems, sessions) = (look.Sessions.Select(static s => s.Session.System).ToArray(), look.Sessions.Select(static s => s.Session.Session).ToArray());
            batch.BatchCommands.Add(Command(
                s_insertSessions, systems, sessions, look.Sessions.Select(static s => s.SessionId).ToArray(), look.Sessions.Select(static s => s.HasEvents).ToArray(),
                look.Sessions.Select(static s => s.KeptUntil).ToArray()));
            batch.BatchCommands.Add(Command(SelectSessions, systems, sessions));
        }

        if (look.Traces.Count > 0)
        {
            batch.BatchCommands.Add(Command(
                LockTraces, TraceLockSpace, look.Traces.Select(static s => (int)((ulong)s.Session % TraceLocks)).Distinct().Order().ToArray()));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresSummaryWriter.ReadSetting));
        batch.BatchCommands.Add(Command(s_find, Keys(look.Messages)));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        // Advisory locks tell nothing: what has rows of its own is asked for in this order.
        await reader.NextResultAsync(cancellationToken);
        var withEvents = look.Sessions.Count > 0 ? await ReadSessionsAsync(reader, cancellationToken) : [];
        if (look.Traces.Count > 0)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        var rules = SummaryRules.Of(await reader.ReadAsync(cancellationToken) ? reader.GetString(0) : null);
        await reader.NextResultAsync(cancellationToken);
        return new TelemetryFound(withEvents, await ReadRanksAsync(reader, cancellationToken), rules);
    });

    public async Task<IReadOnlyList<(MessageRow Row, string Attributes)>> LoadAsync(
        IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken)
    {
        await using var load = Statement(s_load, Keys(keys));
        return await PostgresWrites.ReadAsync(load, static reader => (MessageColumns.Read(reader), reader.GetString(MessageColumns.Names.Length)), cancellationToken);
    }

    public async Task WriteAsync(IReadOnlyList<MessageRow> inserts, IReadOnlyList<MessageRow> updates, CancellationToken cancellationToken)
    {
        if (updates.Count > 0)
        {
            // A row that gets a part is written anew, whole: the same COPY then serves both, and one statement takes the old ones away.
            await using var delete = Statement(
                """
                DELETE FROM messages AS m USING unnest($1, $2, $3) AS k(system_key, session_key, call_key)
                WHERE m.system_key = k.system_key AND m.session_key = k.session_key AND m.call_key = k.call_key
                """,
                Keys([.. updates.Select(static r => (r.SystemKey, new MessageKey(r.SessionKey, r.CallKey)))]));
            await PostgresWrites.ExecuteAsync(delete, cancellationToken);
        }

        if (inserts.Count + updates.Count > 0)
        {
            await PostgresWrites.GuardAsync(async () =>
            {
                await PostgresCopy.WriteAsync(connection, _copy, inserts.Concat(updates), cancellationToken);
                return true;
            });
        }

        EndTurn();
    }

    public async Task<IReadOnlyList<TracedCall>> ListTracedCallsAsync(
        IReadOnlyList<SessionRef> sessions, IReadOnlyList<byte[]> traces, CancellationToken cancellationToken)
    {
        await using var list = Statement(
            $"""
            SELECT k.system_key, k.session_key, {TelemetrySql.TracedCallColumns.Replace("hex(trace_id)", "encode(trace_id, 'hex')", StringComparison.Ordinal)}
            FROM unnest($1, $2) AS k(system_key, session_key), LATERAL (
                SELECT * FROM messages WHERE system_key = k.system_key AND session_key = k.session_key
                    AND trace_id = ANY ($3) AND span_id IS NOT NULL AND parts <> {(int)MessageParts.Event} OFFSET 0) AS m
            """,
            sessions.Select(static s => s.System).ToArray(), sessions.Select(static s => s.Session).ToArray(), traces.ToArray());
        return await PostgresWrites.ReadAsync(
            list,
            static reader => new TracedCall(
                reader.GetInt32(0), new MessageKey(reader.GetInt64(1), reader.GetInt64(2)), (MessageType)reader.GetInt16(3), (MessageParts)reader.GetInt16(4),
                reader.GetString(5), reader.GetInt64(6), Int64(reader, 7), (int?)Int64(reader, 8), Int64(reader, 9), Int64(reader, 10), Int64(reader, 11),
                Int64(reader, 12), reader.GetInt64(13)),
            cancellationToken);
    }

    public Task<IReadOnlyList<MessageRow>> MarkRepeatsAsync(IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken) =>
        RepeatAsync(Statement(s_markRepeats, Keys(keys)), cancellationToken);

    public Task<IReadOnlyList<MessageRow>> RepeatSpansAsync(IReadOnlyList<SessionRef> sessions, CancellationToken cancellationToken) => RepeatAsync(
        Statement(s_repeatSpans, sessions.Select(static s => s.System).ToArray(), sessions.Select(static s => s.Session).ToArray()), cancellationToken);

    public async Task<IReadOnlyDictionary<(int System, long Key), string>> LoadAttributeSetsAsync(
        IReadOnlyList<(int System, long Key)> keys, CancellationToken cancellationToken)
    {
        await using var select = Statement(
            """
            SELECT s.system_key, s.set_key, s.attributes::text FROM unnest($1, $2) AS k(system_key, set_key),
                LATERAL (SELECT * FROM attribute_sets WHERE system_key = k.system_key AND set_key = k.set_key LIMIT 1) AS s
            """,
            keys.Select(static k => k.System).ToArray(), keys.Select(static k => k.Key).ToArray());
        var sets = await PostgresWrites.ReadAsync(select, static reader => (Key: (reader.GetInt32(0), reader.GetInt64(1)), Json: reader.GetString(2)), cancellationToken);
        return sets.ToDictionary(static set => set.Key, static set => set.Json);
    }

    public Task AddSeriesAsync(IReadOnlyList<MetricSeriesRow> series, CancellationToken cancellationToken) => _metrics.AddSeriesAsync(series, cancellationToken);

    public Task<AddedPoints> AddPointsAsync(IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken) => _metrics.AddPointsAsync(points, cancellationToken);

    public Task CommitAsync(TelemetryEnd end, CancellationToken cancellationToken) => PostgresWrites.GuardAsync(async () =>
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        PostgresSummaryWriter.AddSessionsTo(batch, [.. end.Summaries.Sessions]);
        if (end.Sets.Count > 0)
        {
            batch.BatchCommands.Add(Command(
                s_insertSets, end.Sets.Select(static s => s.System).ToArray(), end.Sets.Select(static s => s.Set.Key).ToArray(),
                new NpgsqlParameter { Value = end.Sets.Select(static s => s.Set.Json).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                end.Sets.Select(static s => s.KeptUntil).ToArray()));
        }

        if (end.Sessions.Count > 0)
        {
            batch.BatchCommands.Add(Command(MarkSessions, end.Sessions.Select(static s => s.System).ToArray(), end.Sessions.Select(static s => s.Session).ToArray()));
        }

        PostgresSummaryWriter.AddSumsTo(batch, end.Summaries.Tables(), end.SummarySets);

        foreach (var (key, use) in end.Tokens)
        {
            // Last of all before the commit: a token is used on every node, and its row stays locked from here on.
            batch.BatchCommands.Add(Command(
                CountToken, use.NewMessages, use.LogRecords, use.Spans, use.MetricPoints, Time(use.LastLogRecordAt), Time(use.LastSpanAt),
                Time(use.LastMetricPointAt), Time(use.LastUsedAt), key));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    });

    public async ValueTask DisposeAsync()
    {
        EndTurn();
        _copy.Dispose();
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private void EndTurn()
    {
        if (_hasTurn)
        {
            _hasTurn = false;
            endTurn();
        }
    }

    // A lateral look-up of each key: a plain join, prepared while the table was small, scans all of a System later.
    private static string ByKeys(string locking) =>
        $"""
        FROM unnest($1, $2, $3) AS k(system_key, session_key, call_key),
            LATERAL (SELECT * FROM messages WHERE system_key = k.system_key AND session_key = k.session_key AND call_key = k.call_key LIMIT 1 {locking}) AS m
        """;

    // The rows as they were: found and locked first, since what an update returns are the new ones.
    private static string Repeat(string rows) =>
        $"""
        WITH o AS (SELECT m.* FROM {rows})
        UPDATE messages AS m SET type = {(int)MessageType.Repeat} FROM o
        WHERE m.system_key = o.system_key AND m.session_key = o.session_key AND m.call_key = o.call_key
        RETURNING {SummaryColumns.Of("o.", "o.metadata::text")}
        """;

    private static async Task<IReadOnlyList<MessageRow>> RepeatAsync(NpgsqlCommand update, CancellationToken cancellationToken)
    {
        await using (update)
        {
            return await PostgresWrites.ReadAsync(update, static reader => SummaryColumns.Read(reader), cancellationToken);
        }
    }

    private static async Task<HashSet<SessionRef>> ReadSessionsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var sessions = new HashSet<SessionRef>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sessions.Add(new SessionRef(reader.GetInt32(0), reader.GetInt64(1)));
        }

        await reader.NextResultAsync(cancellationToken);
        return sessions;
    }

    private static async Task<Dictionary<(int System, MessageKey Key), MessageRank>> ReadRanksAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(int, MessageKey), MessageRank>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add((reader.GetInt32(0), new MessageKey(reader.GetInt64(1), reader.GetInt64(2))), new MessageRank(
                (MessageParts)reader.GetInt16(3), (MessageMarks)reader.GetInt16(4), Int64(reader, 5), Int64(reader, 6), Int64(reader, 7), Int64(reader, 8),
                Int64(reader, 9), UnixMicroseconds.ToDateTime(reader.GetInt64(10)), UnixMicroseconds.ToDateTime(Int64(reader, 11)), Int64(reader, 12)));
        }

        return found;
    }

    private static object[] Keys(IReadOnlyList<FoldedMessage> messages)
    {
        var (systems, sessions, calls) = (new int[messages.Count], new long[messages.Count], new long[messages.Count]);
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i].Message;
            (systems[i], sessions[i], calls[i]) = (message.SystemKey, message.Key.Session, message.Key.Call);
        }

        return [systems, sessions, calls];
    }

    private static object[] Keys(IReadOnlyList<(int System, MessageKey Key)> keys) =>
        [keys.Select(static k => k.System).ToArray(), keys.Select(static k => k.Key.Session).ToArray(), keys.Select(static k => k.Key.Call).ToArray()];

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        }

        return command;
    }

    private NpgsqlCommand Statement(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    private static NpgsqlParameter Time(DateTime? time) =>
        new() { Value = time is { } at ? UnixMicroseconds.From(at) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static long? Int64(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetInt64(at);
}
