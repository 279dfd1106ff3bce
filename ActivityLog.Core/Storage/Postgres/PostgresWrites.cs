using Npgsql;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>Runs the statements of a write, and tells when another writer was first.</summary>
internal static class PostgresWrites
{
    public static bool IsConflict(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <exception cref="WriteConflictException">Another writer was first.</exception>
    public static async Task<int> ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (IsConflict(exception))
        {
            throw new WriteConflictException(exception);
        }
    }

    /// <exception cref="WriteConflictException">Another writer was first.</exception>
    public static async Task<NpgsqlDataReader> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteReaderAsync(cancellationToken);
        }
        catch (PostgresException exception) when (IsConflict(exception))
        {
            throw new WriteConflictException(exception);
        }
    }
}
