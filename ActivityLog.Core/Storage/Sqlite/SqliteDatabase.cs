using Microsoft.Data.Sqlite;

namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>The database file.</summary>
/// <param name="path">Its full path.</param>
/// <param name="timeoutSeconds">Longest wait for another writer.</param>
internal sealed class SqliteDatabase(string path, int timeoutSeconds)
{
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = timeoutSeconds }.ToString();

    /// <summary>
    /// An open connection of one's own, with the pragmas that make a commit durable. It isn't pooled: what is given up after an error must not come back with its
    /// transaction.
    /// </summary>
    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false }.ToString());
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
