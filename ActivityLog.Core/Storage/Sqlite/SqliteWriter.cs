using Microsoft.Data.Sqlite;

namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>The connection that writes telemetry and its prepared statements.</summary>
internal sealed class SqliteWriter(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    /// <summary>The statement of a text, prepared once; ready to be bound.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new SqliteStatement(connection, sql);
        }

        return statement;
    }

    /// <summary>Runs a statement without parameters.</summary>
    public void Run(string sql) => Prepare(sql).Run();

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
