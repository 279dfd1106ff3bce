using System.Data.Common;
using ActivityLog.Core.Summaries;
using Npgsql;
using NpgsqlTypes;

namespace ActivityLog.Core.Storage.Postgres;

/// <inheritdoc/>
internal sealed class PostgresSummaryWriter : ISummaryWriter
{
    // Shared by who sums up, exclusive for who changes how, and for a write that met others too often.
    private const int LockSpace = 0x414C_5355;

    /// <summary>Locks the rules for who sums up. The statement after it sees those that hold.</summary>
    public static readonly string LockShared = $"SELECT pg_advisory_xact_lock_shared({LockSpace}, 0)";

    /// <summary>Locks the rules for who must be alone.</summary>
    public static readonly string LockExclusive = $"SELECT pg_advisory_xact_lock({LockSpace}, 0)";

    /// <summary>Reads the rules' setting: one row, or none.</summary>
    public const string ReadSetting = $"SELECT value FROM settings WHERE name = '{SummarySettings.Name}'";

    private static readonly Dictionary<SumTable, string> s_inserts = SumTable.All.ToDictionary(
        static table => table,
        static table =>
        {
            var parameters = Enumerable.Range(1, table.Columns.Count).Select(static i => $"${i}");
            return $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns)}) SELECT * FROM unnest({string.Join(", ", parameters)})";
        });

    private const string AddSets =
        "INSERT INTO summary_sets (system_key, set_key, attributes) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (system_key, set_key) DO NOTHING";

    private const string AddSessions =
        $"INSERT INTO sessions ({SessionRows.Columns}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) {SessionRows.OnConflict}";

    private const string LockSessions =
        """
        SELECT 1 FROM unnest($1, $2) AS k(system_key, session_key),
            LATERAL (SELECT 1 FROM sessions WHERE system_key = k.system_key AND session_key = k.session_key LIMIT 1 FOR UPDATE) AS s
        """;

    // A statement of its own, after the lock: it sees what whoever had the lock before has written.
    private static readonly string s_readSessions =
        $"""
        UPDATE sessions AS s SET first_at = t.first_at, last_at = t.last_at, user_id = u.user_id, user_at = u.user_at
        FROM unnest($1, $2, $3, $4) AS k(system_key, session_key, first_at, last_at),
            LATERAL (
                SELECT min(coalesce(m.started_at, m.occurred_at)) AS first_at, max(m.occurred_at) AS last_at {SessionRows.Messages("k.system_key", "k.session_key")}) AS t
            LEFT JOIN LATERAL (
                SELECT m.user_id, m.occurred_at AS user_at {SessionRows.Messages("k.system_key", "k.session_key")} AND m.user_id IS NOT NULL
                {SessionRows.Latest}) AS u ON true
        WHERE s.system_key = k.system_key AND s.session_key = k.session_key AND {SessionRows.IsConcerned("k.first_at", "k.last_at")}
        """;

    public async Task<SummaryRules> ReadRulesAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)connection) { BatchCommands = { new(LockShared), new(ReadSetting) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return SummaryRules.Of(await reader.ReadAsync(cancellationToken) ? reader.GetString(0) : null);
    }

    public async Task LockRulesAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = LockExclusive;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task AppendAsync(DbConnection connection, SummaryDeltas deltas, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)connection);
        AddSessionsTo(batch, [.. deltas.Sessions]);
        AddSumsTo(batch, deltas.Tables(), [.. deltas.Sets]);
        await RunAsync(batch, cancellationToken);
    }

    public async Task AppendAsync(
        DbConnection connection, IReadOnlyList<(int System, SummarySet Set)> sets, SumTable table, IReadOnlyList<SumDelta> rows, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)connection);
        AddSumsTo(batch, rows.Count > 0 ? [(table, rows)] : [], sets);
        await RunAsync(batch, cancellationToken);
    }

    public async Task ChangeSessionsAsync(
        DbConnection connection, IReadOnlyList<(SessionRef Session, SessionChange Change)> sessions, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)connection);
        AddSessionsTo(batch, [.. sessions]);
        await RunAsync(batch, cancellationToken);
    }

    /// <summary>Adds the statements that change the rows of sessions. They lock them.</summary>
    public static void AddSessionsTo(NpgsqlBatch batch, List<(SessionRef Session, SessionChange Change)> sessions)
    {
        var added = sessions.FindAll(static s => s.Change.HasAdded);
        if (added.Count > 0)
        {
            batch.BatchCommands.Add(Command(
                AddSessions,
                Array(added, static s => s.Session.System),
                Array(added, static s => s.Session.Session),
                Array(added, static s => s.Change.SessionId),
                Array(added, static _ => false),
                Array(added, static s => s.Change.FirstAt),
                Array(added, static s => s.Change.LastAt),
                Array(added, static s => s.Change.UserId),
                Array(added, static s => s.Change.UserAt),
                Array(added, static s => s.Change.KeptUntil)));
        }

        var moved = sessions.FindAll(static s => s.Change.MustRead);
        if (moved.Count > 0)
        {
            var (systems, keys) = (Array(moved, static s => s.Session.System), Array(moved, static s => s.Session.Session));
            batch.BatchCommands.Add(Command(LockSessions, systems, keys));
            batch.BatchCommands.Add(Command(
                s_readSessions, systems, keys, Array(moved, static s => s.Change.RemovedFirstAt), Array(moved, static s => s.Change.RemovedLastAt)));
        }
    }

    /// <summary>Adds the statements that append to the sums.</summary>
    /// <param name="batch">What they go with.</param>
    /// <param name="tables">The rows, table by table.</param>
    /// <param name="sets">Those of their sets that may not be there yet, in the order of their keys.</param>
    public static void AddSumsTo(
        NpgsqlBatch batch, IEnumerable<(SumTable Table, IReadOnlyList<SumDelta> Rows)> tables, IReadOnlyList<(int System, SummarySet Set)> sets)
    {
        if (sets.Count > 0)
        {
            batch.BatchCommands.Add(Command(
                AddSets,
                Array(sets, static s => s.System),
                Array(sets, static s => s.Set.Key),
                new NpgsqlParameter { Value = Array(sets, static s => s.Set.Json), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb }));
        }

        foreach (var (table, rows) in tables)
        {
            batch.BatchCommands.Add(Command(s_inserts[table], [.. Columns(table, rows)]));
        }
    }

    private static async Task RunAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static IEnumerable<object> Columns(SumTable table, IReadOnlyList<SumDelta> rows)
    {
        yield return Array(rows, static row => row.Key.System);
        yield return Array(rows, static row => (short)row.Grain);
        yield return Array(rows, static row => row.At);
        for (var i = 0; i < table.Dimensions.Count; i++)
        {
            var dimension = i;
            yield return (table.Dimensions[i].IsSmall, table.Dimensions[i].IsNullable) switch
            {
                (true, true) => Array(rows, row => row.Key[dimension] is not 0 and var value ? (short)value : (short?)null),
                (true, false) => Array(rows, row => (short)row.Key[dimension]),
                (false, true) => Array(rows, row => row.Key[dimension] is not 0 and var value ? value : (int?)null),
                _ => Array(rows, row => row.Key[dimension]),
            };
        }

        if (table.HasSession)
        {
            yield return Array(rows, static row => row.Key.Session);
        }

        yield return Array(rows, static row => row.Key.Set);
        for (var i = 0; i < table.Numbers.Count; i++)
        {
            var number = i;
            yield return Array(rows, row => row.Numbers[number]);
        }

        for (var i = 0; i < table.Histograms.Count; i++)
        {
            var histogram = i;
            yield return new NpgsqlParameter { Value = Array(rows, row => row.Histograms[histogram]), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
        }
    }

    private static TValue[] Array<TItem, TValue>(IReadOnlyList<TItem> items, Func<TItem, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(items[i]);
        }

        return values;
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        }

        return command;
    }
}
