using Microsoft.Data.Sqlite;

namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>The database file.</summary>
/// <param name="path">Its full path.</param>
/// <param name="timeoutSeconds">Longest wait for another writer.</param>
internal sealed class SqliteDatabase(string path, int timeoutSeconds)
{
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = timeoutSeconds }.ToString();

    /// <summary>An open connection with the pragmas that make a commit durable.</summary>
    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            SqlitePragmas.Set(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
