using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>The database file.</summary>
/// <param name="path">Its full path.</param>
/// <param name="timeoutSeconds">Longest wait for another writer.</param>
internal sealed class SqliteDatabase(string path, int timeoutSeconds)
{
    // Each connection is one thread's at a time: without the engine's own locks a number of a row costs a third less. Only before it is first used.
    static SqliteDatabase()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
    }

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
            // The provider's own commands try again by themselves while another connection writes; statements bound by hand leave that to the engine.
            raw.sqlite3_busy_timeout(connection.Handle, timeoutSeconds * 1000);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
