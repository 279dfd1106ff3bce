using System.Data.Common;

namespace ActivityLog.Core.Storage.Sqlite;

/// <inheritdoc/>
internal sealed class SqliteBackgroundWrites(SqliteTurn turn) : IBackgroundWrites
{
    // SQLite works in the calling thread, which isn't to be one that somebody waits for.
    public Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) =>
        StoreErrors.GuardAsync(() => Task.Run(() => WriteAsync(work, cancellationToken), cancellationToken));

    public string Some(string table, string condition) => $"rowid IN (SELECT rowid FROM {table} WHERE {condition} LIMIT @limit)";

    public string Chosen(Func<string, string> select) => $"rowid IN ({select("rowid")})";

    private async Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var writer = await turn.BeginAsync(cancellationToken);
        var committed = false;
        try
        {
            var result = await work(writer.Connection);
            writer.Run("COMMIT");
            committed = true;
            return result;
        }
        finally
        {
            // A transaction that failed goes with its connection.
            turn.End(healthy: committed);
        }
    }
}
