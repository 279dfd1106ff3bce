using System.Data.Common;

namespace ActivityLog.Core.Storage;

/// <summary>Statements of <see cref="IBackgroundWrites"/> that several stores share.</summary>
internal static class BackgroundUpserts
{
    // Rows of one statement.
    private const int Chunk = 100;

    /// <summary>Inserts all rows, in their order, or none; a row that is there is changed instead.</summary>
    /// <param name="writes">Where to.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, in the order of the values.</param>
    /// <param name="key">The columns that say whether a row is there.</param>
    /// <param name="update">What a row that is there is set to.</param>
    /// <param name="rows">Values of each row, in an order that all writers keep, so that two nodes don't lock each other out; of one key one row.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task UpsertAsync(
        this IBackgroundWrites writes, string table, IReadOnlyList<string> columns, string key, string update, IEnumerable<object?[]> rows, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async connection =>
            {
                var changed = 0;
                foreach (var chunk in rows.Chunk(Chunk))
                {
                    await using var command = Command(connection, table, columns, key, update, chunk);
                    changed += await command.ExecuteNonQueryAsync(cancellationToken);
                }

                return changed;
            },
            cancellationToken);

    /// <summary>Deletes rows whose time is before another one.</summary>
    public static Task DeleteBeforeAsync(this IBackgroundWrites writes, string table, string column, DateTime before, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async connection =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"DELETE FROM {table} WHERE {column} < @before";
                command.Add("@before", UnixMicroseconds.From(before));
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);

    // Table and columns are constants of the stores; the values are parameters.
    private static DbCommand Command(DbConnection connection, string table, IReadOnlyList<string> columns, string key, string update, object?[][] rows)
    {
        var command = connection.CreateCommand();
        var values = rows.Select((_, row) => $"({string.Join(", ", Enumerable.Range(row * columns.Count, columns.Count).Select(static value => $"@v{value}"))})");
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES {string.Join(", ", values)} ON CONFLICT ({key}) DO UPDATE SET {update}";
        foreach (var (value, index) in rows.SelectMany(static row => row).Select(static (value, index) => (value, index)))
        {
            command.Add($"@v{index}", value);
        }

        return command;
    }
}
