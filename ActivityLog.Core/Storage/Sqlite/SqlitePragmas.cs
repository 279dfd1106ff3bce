using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>
/// What every connection needs, since SQLite keeps it by connection: readers beside the writer (WAL), and a commit that is on the disk before it returns
/// (<c>synchronous=FULL</c>).
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static SqlitePragmas Instance { get; } = new();

    public static void Set(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;";
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite works in this thread anyway; its asynchronous calls are the same ones.
        Set(connection);
        return Task.CompletedTask;
    }
}
