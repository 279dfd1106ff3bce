using System.Data.Common;
using ActivityLog.Core.Summaries;
using Microsoft.Data.Sqlite;

namespace ActivityLog.Core.Storage.Sqlite;

/// <inheritdoc/>
internal sealed class SqliteSummaryWriter : ISummaryWriter
{
    private const string ReadSetting = $"SELECT value FROM settings WHERE name = '{SummarySettings.Name}'";

    private const string AddSet = "INSERT INTO summary_sets (system_key, set_key, attributes) VALUES (?, ?, ?) ON CONFLICT (system_key, set_key) DO NOTHING";

    private const string AddSession = $"INSERT INTO sessions ({SessionRows.Columns}) VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?) {SessionRows.OnConflict}";

    private static readonly string s_readSession =
        $"""
        UPDATE sessions AS s SET
            (first_at, last_at) = (SELECT min(coalesce(m.started_at, m.occurred_at)), max(m.occurred_at) {SessionRows.Messages("s.system_key", "s.session_key")}),
            (user_id, user_at) = (
                SELECT m.user_id, m.occurred_at {SessionRows.Messages("s.system_key", "s.session_key")} AND m.user_id IS NOT NULL
                {SessionRows.Latest})
        WHERE s.system_key = ?1 AND s.session_key = ?2 AND {SessionRows.IsConcerned("?3", "?4")}
        """;

    private static readonly Dictionary<SumTable, string> s_inserts = SumTable.All.ToDictionary(
        static table => table,
        static table => $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns)}) VALUES ({string.Join(", ", table.Columns.Select(static _ => "?"))})");

    public Task<SummaryRules> ReadRulesAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        using var read = new SqliteStatement((SqliteConnection)connection, ReadSetting);
        return Task.FromResult(ReadRules(read));
    }

    // There is one writer at a time.
    public Task LockRulesAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AppendAsync(DbConnection connection, SummaryDeltas deltas, CancellationToken cancellationToken) =>
        RunAsync(connection, prepare => Append(prepare, deltas, deltas.Sets));

    public Task AppendAsync(
        DbConnection connection, IReadOnlyList<(int System, SummarySet Set)> sets, SumTable table, IReadOnlyList<SumDelta> rows, CancellationToken cancellationToken) =>
        RunAsync(connection, prepare => Append(prepare, [(table, rows)], sets));

    public Task ChangeSessionsAsync(
        DbConnection connection, IReadOnlyList<(SessionRef Session, SessionChange Change)> sessions, CancellationToken cancellationToken) =>
        RunAsync(connection, prepare => Change(prepare, sessions));

    /// <summary>The same on the connection that writes telemetry.</summary>
    public static SummaryRules ReadRules(SqliteWriter writer) => ReadRules(writer.Prepare(ReadSetting));

    /// <summary>Appends deltas, and changes the rows of sessions.</summary>
    /// <param name="prepare">Gives the statement of a text.</param>
    /// <param name="deltas">The deltas.</param>
    /// <param name="sets">Those of their sets that may not be there yet.</param>
    public static void Append(Func<string, SqliteStatement> prepare, SummaryDeltas deltas, IEnumerable<(int System, SummarySet Set)> sets)
    {
        Change(prepare, deltas.Sessions);
        Append(prepare, deltas.Tables(), sets);
    }

    private static void Change(Func<string, SqliteStatement> prepare, IEnumerable<(SessionRef Session, SessionChange Change)> sessions)
    {
        foreach (var (session, change) in sessions)
        {
            if (change.HasAdded)
            {
                prepare(AddSession).Bind(session.System).Bind(session.Session).Bind(change.SessionId).Bind(change.FirstAt).Bind(change.LastAt)
                    .Bind(change.UserId).Bind(change.UserAt).Bind(change.KeptUntil).Run();
            }

            if (change.MustRead)
            {
                prepare(s_readSession).Bind(session.System).Bind(session.Session).Bind(change.RemovedFirstAt).Bind(change.RemovedLastAt).Run();
            }
        }
    }

    private static void Append(
        Func<string, SqliteStatement> prepare, IEnumerable<(SumTable Table, IReadOnlyList<SumDelta> Rows)> tables, IEnumerable<(int System, SummarySet Set)> sets)
    {
        foreach (var (system, set) in sets)
        {
            prepare(AddSet).Bind(system).Bind(set.Key).Bind(set.Json).Run();
        }

        foreach (var (table, rows) in tables)
        {
            var insert = prepare(s_inserts[table]);
            foreach (var row in rows)
            {
                Bind(insert, table, row);
                insert.Run();
            }
        }
    }

    private static Task RunAsync(DbConnection connection, Action<Func<string, SqliteStatement>> run)
    {
        var statements = new Dictionary<string, SqliteStatement>(StringComparer.Ordinal);
        try
        {
            run(sql => statements.TryGetValue(sql, out var statement) ? statement : statements[sql] = new((SqliteConnection)connection, sql));
        }
        finally
        {
            foreach (var statement in statements.Values)
            {
                statement.Dispose();
            }
        }

        return Task.CompletedTask;
    }

    private static SummaryRules ReadRules(SqliteStatement read)
    {
        var value = read.Step() ? read.Text(0) : null;
        read.Reset();
        return SummaryRules.Of(value);
    }

    private static void Bind(SqliteStatement insert, SumTable table, SumDelta row)
    {
        insert.Bind(row.Key.System).Bind((long)row.Grain).Bind(row.At);
        for (var i = 0; i < table.Dimensions.Count; i++)
        {
            insert.Bind(row.Key[i] == 0 && table.Dimensions[i].IsNullable ? null : (long?)row.Key[i]);
        }

        if (table.HasSession)
        {
            insert.Bind((long?)row.Key.Session);
        }

        insert.Bind((long?)row.Key.Set);
        for (var i = 0; i < table.Numbers.Count; i++)
        {
            insert.Bind((long?)row.Numbers[i]);
        }

        for (var i = 0; i < table.Histograms.Count; i++)
        {
            insert.Bind(row.Histograms[i]);
        }
    }
}
