using System.Data;
using System.Data.Common;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Queries;

/// <summary>Runs statements that only read.</summary>
internal sealed class SqlDatabase(IDbContextFactory<ActivityLogDbContext> contexts, SqlDialect dialect)
{
    /// <summary>A statement of the engine in use.</summary>
    public SqlText NewText() => new(dialect);

    /// <summary>The rows of a statement, on a connection of its own.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    public Task<List<T>> ReadAsync<T>(SqlText text, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        ConnectAsync(isSnapshot: false, reader => reader.ReadAsync(text, read, cancellationToken), cancellationToken);

    /// <summary>What several statements tell that all see the same state of the database, so that their figures agree.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    public Task<T> SnapshotAsync<T>(Func<SqlReader, Task<T>> read, CancellationToken cancellationToken) =>
        ConnectAsync(isSnapshot: true, read, cancellationToken);

    // SQLite reads in the thread that asks: it must not be one that somebody else waits for, such as a circuit's.
    private Task<T> ConnectAsync<T>(bool isSnapshot, Func<SqlReader, Task<T>> read, CancellationToken cancellationToken) =>
        StoreErrors.GuardAsync(() => dialect is SqliteDialect
            ? Task.Run(() => RunAsync(isSnapshot, read, cancellationToken), cancellationToken)
            : RunAsync(isSnapshot, read, cancellationToken));

    private async Task<T> RunAsync<T>(bool isSnapshot, Func<SqlReader, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = context.Database.GetDbConnection();
        dialect.Prepare(connection);
        await using var snapshot = isSnapshot ? await BeginSnapshotAsync(connection, cancellationToken) : null;
        return await read(new SqlReader(connection, dialect));
    }

    // A deferred transaction of SQLite keeps nobody from writing.
    private static async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
}
