using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>
/// A write on PostgreSQL: look-ups and updates by arrays of keys, new rows by binary COPY. Keys come sorted, so that two writers take their locks in one order.
/// </summary>
internal sealed class PostgresTelemetryTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) : ITelemetryTransaction
{
    // Apart from what else might take advisory locks in this database.
    private const int AdvisoryLockSpace = 0x414C_4F47;
    private const int TraceLockSpace = AdvisoryLockSpace + 1;

    // Traces share this many locks, so that a batch of thousands doesn't fill the server's lock table.
    private const int TraceLocks = 64;

    private static readonly string s_find = $"SELECT k.system_key, k.session_key, k.call_key, {TelemetrySql.RankColumns} {ByKeys("")}";

    private static readonly string s_load = $"SELECT {string.Join(", ", MessageColumns.Names.Select(static n => "m." + n))} {ByKeys("FOR UPDATE")}";

    private static readonly string s_copy = $"COPY messages ({MessageColumns.List}) FROM STDIN (FORMAT BINARY)";

    private readonly PostgresMetricWriter _metrics = new(connection, transaction);

    public async Task LockSystemAsync(int system, CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT pg_advisory_xact_lock(@space, @system)");
        command.Parameters.AddWithValue("space", AdvisoryLockSpace);
        command.Parameters.AddWithValue("system", system);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlySet<SessionRef>> LockSessionsAsync(
        IReadOnlyList<SharedSession> sessions, CancellationToken cancellationToken)
    {
        await using (var insert = Command(
            $"""
            INSERT INTO sessions (system_key, session_key, session_id, expires_at, has_events)
            SELECT *, false FROM unnest(@systems, @sessions, @ids, @expires) {SharedExpiry.OnConflict("sessions", "system_key, session_key")}
            """))
        {
            Add(insert, sessions.Select(static s => s.Session));
            insert.Parameters.AddWithValue("ids", sessions.Select(static s => s.SessionId).ToArray());
            insert.Parameters.AddWithValue("expires", sessions.Select(static s => s.KeptUntil).ToArray());
            await PostgresWrites.ExecuteAsync(insert, cancellationToken);
        }

        await using var select = Command(
            """
            SELECT s.system_key, s.session_key, s.has_events FROM unnest(@systems, @sessions) AS k(system_key, session_key),
                LATERAL (SELECT * FROM sessions WHERE system_key = k.system_key AND session_key = k.session_key LIMIT 1 FOR UPDATE) AS s
            """);
        Add(select, sessions.Select(static s => s.Session));
        var withEvents = new HashSet<SessionRef>();
        await using var reader = await PostgresWrites.ReadAsync(select, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetBoolean(2))
            {
                withEvents.Add(new SessionRef(reader.GetInt32(0), reader.GetInt64(1)));
            }
        }

        return withEvents;
    }

    public async Task<int> MarkSessionsAsync(IReadOnlyList<SessionRef> sessions, CancellationToken cancellationToken)
    {
        await using (var mark = Command(
            """
            UPDATE sessions AS s SET has_events = true FROM unnest(@systems, @sessions) AS k(system_key, session_key)
            WHERE s.system_key = k.system_key AND s.session_key = k.session_key
            """))
        {
            Add(mark, sessions);
            await PostgresWrites.ExecuteAsync(mark, cancellationToken);
        }

        await using var repeat = Command(
            $"""
            UPDATE messages AS m SET type = {(int)MessageType.Repeat} FROM unnest(@systems, @sessions) AS k(system_key, session_key)
            WHERE m.system_key = k.system_key AND m.session_key = k.session_key AND {TelemetrySql.IsSpanWithoutId}
            """);
        Add(repeat, sessions);
        return await PostgresWrites.ExecuteAsync(repeat, cancellationToken);
    }

    public async Task LockTracesAsync(IReadOnlyList<SessionRef> sessions, CancellationToken cancellationToken)
    {
        if (sessions.Count == 0)
        {
            return;
        }

        await using var command = Command("SELECT pg_advisory_xact_lock(@space, bucket) FROM unnest(@buckets) AS bucket");
        command.Parameters.AddWithValue("space", TraceLockSpace);
        command.Parameters.AddWithValue("buckets", sessions.Select(static s => (int)((ulong)s.Session % TraceLocks)).Distinct().Order().ToArray());
        await PostgresWrites.ExecuteAsync(command, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<(int System, MessageKey Key), MessageRank>> FindAsync(IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        await using var find = Command(s_find);
        Add(find, messages.Select(static m => (m.SystemKey, m.Key)));
        var found = new Dictionary<(int, MessageKey), MessageRank>();
        await using var reader = await PostgresWrites.ReadAsync(find, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add((reader.GetInt32(0), new MessageKey(reader.GetInt64(1), reader.GetInt64(2))), new MessageRank(
                (MessageParts)reader.GetInt16(3), (MessageMarks)reader.GetInt16(4), Int64(reader, 5), Int64(reader, 6), Int64(reader, 7), Int64(reader, 8),
                Int64(reader, 9), UnixMicroseconds.ToDateTime(reader.GetInt64(10)), UnixMicroseconds.ToDateTime(Int64(reader, 11)), Int64(reader, 12)));
        }

        return found;
    }

    public async Task<IReadOnlyList<MessageRow>> LoadAsync(IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken)
    {
        await using var load = Command(s_load);
        Add(load, keys);
        var rows = new List<MessageRow>(keys.Count);
        await using var reader = await PostgresWrites.ReadAsync(load, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(MessageColumns.Read(reader));
        }

        return rows;
    }

    public async Task InsertAsync(IReadOnlyList<MessageRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        try
        {
            await using var copy = await connection.BeginBinaryImportAsync(s_copy, cancellationToken);
            foreach (var row in rows)
            {
                await PostgresCopy.WriteAsync(copy, row, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }
        catch (PostgresException exception) when (PostgresWrites.IsConflict(exception))
        {
            throw new WriteConflictException(exception);
        }
    }

    public async Task UpdateAsync(IReadOnlyList<MessageRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        // A row that gets a part is written anew, whole: the same COPY then serves both, and one statement takes the old ones away.
        await using (var delete = Command(
            """
            DELETE FROM messages AS m USING unnest(@systems, @sessions, @calls) AS k(system_key, session_key, call_key)
            WHERE m.system_key = k.system_key AND m.session_key = k.session_key AND m.call_key = k.call_key
            """))
        {
            Add(delete, rows.Select(static r => (r.SystemKey, new MessageKey(r.SessionKey, r.CallKey))));
            await PostgresWrites.ExecuteAsync(delete, cancellationToken);
        }

        await InsertAsync(rows, cancellationToken);
    }

    public async Task<IReadOnlyList<TracedCall>> ListTracedCallsAsync(IReadOnlyList<SessionRef> sessions, CancellationToken cancellationToken)
    {
        await using var list = Command(
            $"""
            SELECT k.system_key, k.session_key, {TelemetrySql.TracedCallColumns.Replace("hex(trace_id)", "encode(trace_id, 'hex')", StringComparison.Ordinal)}
            FROM unnest(@systems, @sessions) AS k(system_key, session_key), LATERAL (
                SELECT * FROM messages WHERE system_key = k.system_key AND session_key = k.session_key
                    AND trace_id IS NOT NULL AND span_id IS NOT NULL AND parts <> {(int)MessageParts.Event} OFFSET 0) AS m
            WHERE EXISTS (SELECT 1 FROM messages AS c WHERE c.system_key = k.system_key AND c.session_key = k.session_key
                AND c.type = {(int)MessageType.Generation} AND c.parts = {(int)MessageParts.Span})
            """);
        Add(list, sessions);
        var calls = new List<TracedCall>();
        await using var reader = await PostgresWrites.ReadAsync(list, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            calls.Add(new TracedCall(
                reader.GetInt32(0), new MessageKey(reader.GetInt64(1), reader.GetInt64(2)), (MessageType)reader.GetInt16(3), (MessageParts)reader.GetInt16(4),
                reader.GetString(5), reader.GetInt64(6), Int64(reader, 7), (int?)Int64(reader, 8), Int64(reader, 9), Int64(reader, 10), Int64(reader, 11),
                Int64(reader, 12), reader.GetInt64(13)));
        }

        return calls;
    }

    public async Task MarkRepeatsAsync(IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken)
    {
        await using var update = Command(
            $"""
            UPDATE messages AS m SET type = {(int)MessageType.Repeat} FROM unnest(@systems, @sessions, @calls) AS k(system_key, session_key, call_key)
            WHERE m.system_key = k.system_key AND m.session_key = k.session_key AND m.call_key = k.call_key
            """);
        Add(update, keys);
        await PostgresWrites.ExecuteAsync(update, cancellationToken);
    }

    public async Task AddAttributeSetsAsync(IReadOnlyList<SharedSet> sets, CancellationToken cancellationToken)
    {
        if (sets.Count == 0)
        {
            return;
        }

        await using var insert = Command(
            $"""
            INSERT INTO attribute_sets (system_key, set_key, attributes, expires_at)
            SELECT * FROM unnest(@systems, @keys, @attributes, @expires) {SharedExpiry.OnConflict("attribute_sets", "system_key, set_key")}
            """);
        insert.Parameters.AddWithValue("systems", sets.Select(static s => s.System).ToArray());
        insert.Parameters.AddWithValue("keys", sets.Select(static s => s.Set.Key).ToArray());
        insert.Parameters.AddWithValue("attributes", NpgsqlDbType.Array | NpgsqlDbType.Jsonb, sets.Select(static s => s.Set.Json).ToArray());
        insert.Parameters.AddWithValue("expires", sets.Select(static s => s.KeptUntil).ToArray());
        await PostgresWrites.ExecuteAsync(insert, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<(int System, long Key), string>> LoadAttributeSetsAsync(
        IReadOnlyList<(int System, long Key)> keys, CancellationToken cancellationToken)
    {
        await using var select = Command(
            """
            SELECT s.system_key, s.set_key, s.attributes::text FROM unnest(@systems, @keys) AS k(system_key, set_key),
                LATERAL (SELECT * FROM attribute_sets WHERE system_key = k.system_key AND set_key = k.set_key LIMIT 1) AS s
            """);
        select.Parameters.AddWithValue("systems", keys.Select(static k => k.System).ToArray());
        select.Parameters.AddWithValue("keys", keys.Select(static k => k.Key).ToArray());
        var sets = new Dictionary<(int, long), string>();
        await using var reader = await PostgresWrites.ReadAsync(select, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            sets.Add((reader.GetInt32(0), reader.GetInt64(1)), reader.GetString(2));
        }

        return sets;
    }

    public Task AddSeriesAsync(IReadOnlyList<MetricSeriesRow> series, CancellationToken cancellationToken) => _metrics.AddSeriesAsync(series, cancellationToken);

    public Task<int> AddPointsAsync(IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken) => _metrics.AddPointsAsync(points, cancellationToken);

    public async Task CountTokensAsync(IReadOnlyDictionary<int, TokenUse> tokens, CancellationToken cancellationToken)
    {
        foreach (var (key, use) in tokens)
        {
            // Last of all before the commit: a token is used on every node, and its row stays locked from here on.
            await using var update = Command(
                """
                UPDATE tokens SET message_count = message_count + @messages, log_record_count = log_record_count + @logs, span_count = span_count + @spans,
                    metric_point_count = metric_point_count + @points, last_log_record_at = greatest(last_log_record_at, @log_at),
                    last_span_at = greatest(last_span_at, @span_at), last_metric_point_at = greatest(last_metric_point_at, @point_at),
                    last_used_at = greatest(last_used_at, @used_at)
                WHERE key = @key
                """);
            update.Parameters.AddWithValue("messages", use.NewMessages);
            update.Parameters.AddWithValue("logs", use.LogRecords);
            update.Parameters.AddWithValue("spans", use.Spans);
            update.Parameters.AddWithValue("points", use.MetricPoints);
            AddTime(update, "log_at", use.LastLogRecordAt);
            AddTime(update, "span_at", use.LastSpanAt);
            AddTime(update, "point_at", use.LastMetricPointAt);
            AddTime(update, "used_at", use.LastUsedAt);
            update.Parameters.AddWithValue("key", key);
            await PostgresWrites.ExecuteAsync(update, cancellationToken);
        }
    }

    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    // A lateral look-up of each key: a plain join, prepared while the table was small, scans all of a System later.
    private static string ByKeys(string locking) =>
        $"""
        FROM unnest(@systems, @sessions, @calls) AS k(system_key, session_key, call_key),
            LATERAL (SELECT * FROM messages WHERE system_key = k.system_key AND session_key = k.session_key AND call_key = k.call_key LIMIT 1 {locking}) AS m
        """;

    private NpgsqlCommand Command(string sql) => new(sql, connection, transaction);

    private static void Add(NpgsqlCommand command, IEnumerable<SessionRef> sessions)
    {
        var list = sessions as IReadOnlyList<SessionRef> ?? [.. sessions];
        command.Parameters.AddWithValue("systems", list.Select(static s => s.System).ToArray());
        command.Parameters.AddWithValue("sessions", list.Select(static s => s.Session).ToArray());
    }

    private static void Add(NpgsqlCommand command, IEnumerable<(int System, MessageKey Key)> keys)
    {
        var list = keys as IReadOnlyList<(int System, MessageKey Key)> ?? [.. keys];
        command.Parameters.AddWithValue("systems", list.Select(static k => k.System).ToArray());
        command.Parameters.AddWithValue("sessions", list.Select(static k => k.Key.Session).ToArray());
        command.Parameters.AddWithValue("calls", list.Select(static k => k.Key.Call).ToArray());
    }

    private static void AddTime(NpgsqlCommand command, string name, DateTime? time) =>
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Bigint) { Value = time is { } at ? UnixMicroseconds.From(at) : DBNull.Value });

    private static long? Int64(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetInt64(at);
}
