using System.Data.Common;

namespace ActivityLog.Core.Storage.Postgres;

/// <inheritdoc/>
internal sealed class PostgresBackgroundWrites(PostgresWriteSource source) : IBackgroundWrites
{
    public Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) =>
        StoreErrors.GuardAsync(() => WriteAsync(work, cancellationToken));

    // An array: the rows are chosen once, and found again by their place.
    public string Some(string table, string condition) => $"ctid = ANY(ARRAY(SELECT ctid FROM {table} WHERE {condition} LIMIT @limit FOR UPDATE SKIP LOCKED))";

    public string Chosen(Func<string, string> select) => $"ctid = ANY(ARRAY({select("ctid")}))";

    private async Task<T> WriteAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(connection);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
