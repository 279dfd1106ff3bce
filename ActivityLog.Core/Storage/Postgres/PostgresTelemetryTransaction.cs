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

    public async Task LockSystemAsync(int system, CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT pg_advisory_xact_lock(@space, @system)");
        command.Parameters.AddWithValue("space", AdvisoryLockSpace);
        command.Parameters.AddWithValue("system", system);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlySet<SessionRef>> LockSessionsAsync(
        IReadOnlyList<(SessionRef Session, string SessionId)> sessions, CancellationToken cancellationToken)
    {
        await using (var insert = Command(
            """
            INSERT INTO sessions (system_key, session_key, session_id, has_events)
            SELECT *, false FROM unnest(@systems, @sessions, @ids) ON CONFLICT DO NOTHING
            """))
        {
            Add(insert, sessions.Select(static s => s.Session));
            insert.Parameters.AddWithValue("ids", sessions.Select(static s => s.SessionId).ToArray());
            await ExecuteAsync(insert, cancellationToken);
        }

        await using var select = Command(
            """
            SELECT s.system_key, s.session_key, s.has_events FROM unnest(@systems, @sessions) AS k(system_key, session_key),
                LATERAL (SELECT * FROM sessions WHERE system_key = k.system_key AND session_key = k.session_key LIMIT 1 FOR UPDATE) AS s
            """);
        Add(select, sessions.Select(static s => s.Session));
        var withEvents = new HashSet<SessionRef>();
        await using var reader = await ReadAsync(select, cancellationToken);
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
            await ExecuteAsync(mark, cancellationToken);
        }

        await using var repeat = Command(
            $"""
            UPDATE messages AS m SET type = {(int)MessageType.Repeat} FROM unnest(@systems, @sessions) AS k(system_key, session_key)
            WHERE m.system_key = k.system_key AND m.session_key = k.session_key AND {TelemetrySql.IsSpanWithoutId}
            """);
        Add(repeat, sessions);
        return await ExecuteAsync(repeat, cancellationToken);
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
        await ExecuteAsync(command, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<(int System, MessageKey Key), MessageRank>> FindAsync(IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        await using var find = Command(s_find);
        Add(find, messages.Select(static m => (m.SystemKey, m.Key)));
        var found = new Dictionary<(int, MessageKey), MessageRank>();
        await using var reader = await ReadAsync(find, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add((reader.GetInt32(0), new MessageKey(reader.GetInt64(1), reader.GetInt64(2))), new MessageRank(
                (MessageParts)reader.GetInt16(3), (MessageMarks)reader.GetInt16(4), Int64(reader, 5), Int64(reader, 6), Int64(reader, 7), Int64(reader, 8),
                Int64(reader, 9), UnixMicroseconds.ToDateTime(reader.GetInt64(10))));
        }

        return found;
    }

    public async Task<IReadOnlyList<MessageRow>> LoadAsync(IReadOnlyList<(int System, MessageKey Key)> keys, CancellationToken cancellationToken)
    {
        await using var load = Command(s_load);
        Add(load, keys);
        var rows = new List<MessageRow>(keys.Count);
        await using var reader = await ReadAsync(load, cancellationToken);
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
        catch (PostgresException exception) when (IsConflict(exception))
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
            await ExecuteAsync(delete, cancellationToken);
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
        await using var reader = await ReadAsync(list, cancellationToken);
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
        await ExecuteAsync(update, cancellationToken);
    }

    public async Task AddAttributeSetsAsync(IReadOnlyList<(int System, AttributeSet Set)> sets, CancellationToken cancellationToken)
    {
        if (sets.Count == 0)
        {
            return;
        }

        await using var insert = Command(
            "INSERT INTO attribute_sets (system_key, set_key, attributes) SELECT * FROM unnest(@systems, @keys, @attributes) ON CONFLICT DO NOTHING");
        insert.Parameters.AddWithValue("systems", sets.Select(static s => s.System).ToArray());
        insert.Parameters.AddWithValue("keys", sets.Select(static s => s.Set.Key).ToArray());
        insert.Parameters.AddWithValue("attributes", NpgsqlDbType.Array | NpgsqlDbType.Jsonb, sets.Select(static s => s.Set.Json).ToArray());
        await ExecuteAsync(insert, cancellationToken);
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
        await using var reader = await ReadAsync(select, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            sets.Add((reader.GetInt32(0), reader.GetInt64(1)), reader.GetString(2));
        }

        return sets;
    }

    public async Task AddSeriesAsync(IReadOnlyList<MetricSeriesRow> series, CancellationToken cancellationToken)
    {
        if (series.Count == 0)
        {
            return;
        }

        await using var insert = Command(
            $"""
            INSERT INTO metric_series ({TelemetrySql.SeriesColumns})
            SELECT * FROM unnest(@systems, @keys, @kinds, @temporalities, @monotonic, @names, @services, @users, @models, @sessions, @ids, @units, @sets, @metadata)
            ON CONFLICT DO NOTHING
            """);
        insert.Parameters.AddWithValue("systems", series.Select(static s => s.SystemKey).ToArray());
        insert.Parameters.AddWithValue("keys", series.Select(static s => s.SeriesKey).ToArray());
        insert.Parameters.AddWithValue("kinds", series.Select(static s => (short)s.Kind).ToArray());
        insert.Parameters.AddWithValue("temporalities", series.Select(static s => (short)s.Temporality).ToArray());
        insert.Parameters.AddWithValue("monotonic", series.Select(static s => s.IsMonotonic).ToArray());
        insert.Parameters.AddWithValue("names", series.Select(static s => s.NameId).ToArray());
        insert.Parameters.AddWithValue("services", series.Select(static s => s.ServiceId).ToArray());
        insert.Parameters.AddWithValue("users", series.Select(static s => s.UserId).ToArray());
        insert.Parameters.AddWithValue("models", series.Select(static s => s.ModelId).ToArray());
        insert.Parameters.AddWithValue("sessions", series.Select(static s => s.SessionKey).ToArray());
        insert.Parameters.AddWithValue("ids", NpgsqlDbType.Array | NpgsqlDbType.Text, series.Select(static s => s.SessionId).ToArray());
        insert.Parameters.AddWithValue("units", series.Select(static s => s.Unit).ToArray());
        insert.Parameters.AddWithValue("sets", series.Select(static s => s.AttributeSetKey).ToArray());
        insert.Parameters.AddWithValue("metadata", NpgsqlDbType.Array | NpgsqlDbType.Jsonb, series.Select(static s => s.Metadata).ToArray());
        await ExecuteAsync(insert, cancellationToken);
    }

    public async Task<int> AddPointsAsync(IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken)
    {
        var cumulative = MetricRows.Cumulative(points).ToList();
        if (cumulative.Count > 0)
        {
            // Increments depend on the neighbours: writers of one series go one after the other.
            await using var lockSeries = Command(
                """
                SELECT s.series_key FROM unnest(@systems, @keys) AS k(system_key, series_key),
                    LATERAL (SELECT * FROM metric_series WHERE system_key = k.system_key AND series_key = k.series_key LIMIT 1 FOR UPDATE) AS s
                """);
            lockSeries.Parameters.AddWithValue("systems", cumulative.Select(static s => s.System).ToArray());
            lockSeries.Parameters.AddWithValue("keys", cumulative.Select(static s => s.Series).ToArray());
            await ExecuteAsync(lockSeries, cancellationToken);
        }

        await using var insert = Command(
            $"""
            INSERT INTO metric_points ({TelemetrySql.PointColumns})
            SELECT * FROM unnest(@systems, @series, @occurred, @started, @values, @increments, @counts, @tokens, @received, @expires)
            ON CONFLICT DO NOTHING
            """);
        insert.Parameters.AddWithValue("systems", points.Select(static p => p.SystemKey).ToArray());
        insert.Parameters.AddWithValue("series", points.Select(static p => p.SeriesKey).ToArray());
        insert.Parameters.AddWithValue("occurred", points.Select(static p => UnixMicroseconds.From(p.OccurredAt)).ToArray());
        insert.Parameters.AddWithValue("started", points.Select(static p => UnixMicroseconds.From(p.StartedAt)).ToArray());
        insert.Parameters.AddWithValue("values", points.Select(static p => p.Value).ToArray());
        insert.Parameters.AddWithValue("increments", points.Select(MetricRows.Increment).ToArray());
        insert.Parameters.AddWithValue("counts", points.Select(static p => p.Count).ToArray());
        insert.Parameters.AddWithValue("tokens", points.Select(static p => p.TokenKey).ToArray());
        insert.Parameters.AddWithValue("received", points.Select(static p => UnixMicroseconds.From(p.ReceivedAt)).ToArray());
        insert.Parameters.AddWithValue("expires", points.Select(static p => p.ExpiresAt is { } at ? UnixMicroseconds.From(at) : (long?)null).ToArray());
        var added = await ExecuteAsync(insert, cancellationToken);

        // A replay adds nothing, and moves no increment.
        foreach (var series in added > 0 ? cumulative : [])
        {
            await using var recount = Command(MetricRows.RecountSql);
            recount.Parameters.AddWithValue("system", series.System);
            recount.Parameters.AddWithValue("series", series.Series);
            recount.Parameters.AddWithValue("from", series.From);
            recount.Parameters.AddWithValue("monotonic", series.IsMonotonic ? 1 : 0);
            await ExecuteAsync(recount, cancellationToken);
        }

        return added;
    }

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
            await ExecuteAsync(update, cancellationToken);
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

    private static bool IsConflict(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    private NpgsqlCommand Command(string sql) => new(sql, connection, transaction);

    private static async Task<int> ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (IsConflict(exception))
        {
            throw new WriteConflictException(exception);
        }
    }

    private static async Task<NpgsqlDataReader> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteReaderAsync(cancellationToken);
        }
        catch (PostgresException exception) when (IsConflict(exception))
        {
            throw new WriteConflictException(exception);
        }
    }

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
