using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActivityLog.Core.Queries;

/// <summary>Runs statements on one connection, one after the other.</summary>
internal sealed class SqlReader(DbConnection connection, SqlDialect dialect)
{
    /// <summary>A statement of the engine in use.</summary>
    public SqlText NewText() => new(dialect);

    /// <summary>The rows of a statement.</summary>
    public async Task<List<T>> ReadAsync<T>(SqlText text, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        await ForEachAsync(text, (DbDataReader row) => rows.Add(read(row)), cancellationToken);
        return rows;
    }

    /// <summary>Hands out the rows of a statement, none of which is kept.</summary>
    public Task ForEachAsync(SqlText text, Action<DbDataReader> take, CancellationToken cancellationToken) => RunAsync(
        text,
        async reader =>
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                take(reader);
            }
        },
        cancellationToken);

    /// <summary>The same of many rows that are numbers and bytes.</summary>
    public Task ForEachAsync(SqlText text, Action<NumberRow> take, CancellationToken cancellationToken) => RunAsync(
        text,
        async reader =>
        {
            var row = new NumberRow(reader, (reader as SqliteDataReader)?.Handle);
            while (await reader.ReadAsync(cancellationToken))
            {
                take(row);
            }
        },
        cancellationToken);

    private async Task RunAsync(SqlText text, Func<DbDataReader, Task> read, CancellationToken cancellationToken)
    {
        // SQLite's driver looks at the token between rows only; a statement may be long before its first.
        await using var cancelling = connection is SqliteConnection { Handle: { } handle }
            ? cancellationToken.Register(() => raw.sqlite3_interrupt(handle))
            : default;
        try
        {
            await using var command = text.ToCommand(connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await read(reader);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The statement was ended.", exception, cancellationToken);
        }
    }
}
