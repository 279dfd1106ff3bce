using Npgsql;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>Runs the statements of a write, and tells when another writer was first.</summary>
internal static class PostgresWrites
{
    /// <exception cref="WriteConflictException">Another writer was first.</exception>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (PostgresException exception) when (IsConflict(exception))
        {
            throw new WriteConflictException(exception);
        }
    }

    /// <exception cref="WriteConflictException">Another writer was first.</exception>
    public static Task<int> ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken) => GuardAsync(() => command.ExecuteNonQueryAsync(cancellationToken));

    /// <summary>Reads all rows: what locks or writes row by row can meet another writer at any of them.</summary>
    /// <exception cref="WriteConflictException">Another writer was first.</exception>
    public static Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    });

    private static bool IsConflict(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
