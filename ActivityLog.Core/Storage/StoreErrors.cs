using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ActivityLog.Core.Storage;

/// <summary>Tells the engines' errors that will pass from those that won't.</summary>
public static class StoreErrors
{
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteNoMemory = 7, SqliteReadOnly = 8, SqliteIoError = 10, SqliteFull = 13, SqliteCannotOpen = 14;

    // Classes of SQLSTATE: what their errors have in common is that the statement isn't at fault.
    private static readonly string[] s_passingClasses =
    [
        "08", // the connection broke
        "28", // the password was changed, or the server takes it no more
        "53", // disk, memory or connections are used up
        "57", // shut down, starting up, cancelled, database dropped
        "58", // the server's own disk or system failed
    ];

    private static readonly string[] s_passing =
    [
        PostgresErrorCodes.ReadOnlySqlTransaction, // a standby, for now
        "25P03", // a transaction was idle for longer than the server allows
        PostgresErrorCodes.DeadlockDetected, PostgresErrorCodes.SerializationFailure, PostgresErrorCodes.LockNotAvailable,
        PostgresErrorCodes.InvalidCatalogName, // the database is being restored
    ];

    // The server answers, but what the product made there, or was allowed, is gone: as while a backup is put back over it, or after a right was taken away.
    private static readonly string[] s_incomplete =
    [
        PostgresErrorCodes.UndefinedTable, PostgresErrorCodes.UndefinedColumn, PostgresErrorCodes.UndefinedFunction, PostgresErrorCodes.UndefinedObject,
        PostgresErrorCodes.InvalidColumnReference, // ON CONFLICT without its index: a backup brings rows first
        PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.InvalidSchemaName,
    ];

    /// <summary>Whether trying again later may work: the engine is away, busy, locked, or its disk is full.</summary>
    public static bool WillPass(Exception exception) => exception switch
    {
        StoreUnavailableException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode
            is SqliteBusy or SqliteLocked or SqliteNoMemory or SqliteReadOnly or SqliteIoError or SqliteFull or SqliteCannotOpen,
        PostgresException postgres => postgres.IsTransient || s_passing.Contains(postgres.SqlState) || s_passingClasses.Contains(postgres.SqlState[..2]),
        NpgsqlException or TimeoutException or SocketException => true,
        // What EF Core makes of what a command or a connection throws.
        DbUpdateException { InnerException: { } inner } => WillPass(inner),
        InvalidOperationException { InnerException: { } inner } when inner is DbException or TimeoutException or SocketException => WillPass(inner),
        _ => false,
    };

    /// <summary>
    /// Whether the database lacks tables, columns, indexes or rights that the product needs. No content of a request can cause that: what senders post can be
    /// kept until it is mended. Who reads is told of an error all the same, since it may need a person.
    /// </summary>
    public static bool IsIncomplete(Exception exception) => exception switch
    {
        PostgresException postgres => s_incomplete.Contains(postgres.SqlState),
        StoreUnavailableException { InnerException: { } inner } => IsIncomplete(inner),
        DbUpdateException { InnerException: { } inner } => IsIncomplete(inner),
        InvalidOperationException { InnerException: { } inner } => IsIncomplete(inner),
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
