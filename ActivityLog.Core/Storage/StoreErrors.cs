using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ActivityLog.Core.Storage;

/// <summary>Tells the engines' errors that will pass from those that won't.</summary>
internal static class StoreErrors
{
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteIoError = 10, SqliteFull = 13, SqliteCannotOpen = 14;

    /// <summary>Whether trying again later may work: the engine is away, busy, locked, or its disk is full.</summary>
    public static bool WillPass(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked or SqliteIoError or SqliteFull or SqliteCannotOpen,
        PostgresException postgres => postgres.IsTransient || postgres.SqlState is
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DiskFull or
            PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction or
            PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable,
        NpgsqlException or TimeoutException => true,
        // EF Core wraps what a command throws when a retrying strategy gave up.
        InvalidOperationException { InnerException: DbException inner } => WillPass(inner),
        _ => false,
    };

    /// <summary>Runs an operation and turns what will pass into a <see cref="StoreUnavailableException"/>.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (Exception exception) when (WillPass(exception))
        {
            throw new StoreUnavailableException("The database can't be reached or takes no work now.", exception);
        }
    }
}
