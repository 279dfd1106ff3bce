using System.Data.Common;
using Npgsql;

namespace ActivityLog.Core.Summaries;

/// <summary>
/// Orders who writes sums and who changes how they are made: a change waits until all transactions that write sums have ended, and those that begin wait for the
/// change. SQLite has one writer at a time anyway.
/// </summary>
internal static class SummaryLock
{
    /// <summary>PostgreSQL, for who writes: a statement of its own before the settings are read, so that the reading sees what it waited for.</summary>
    public const string Share = $"SELECT pg_advisory_xact_lock_shared({Key})";

    private const string Own = $"SELECT pg_advisory_xact_lock({Key})";

    // Apart from what else might take advisory locks in this database.
    private const string Key = "x'414C4F4700000002'::bigint";

    /// <summary>The settings, which hold until the transaction ends.</summary>
    public static Task<SummarySettings> ReadAsync(DbConnection connection, CancellationToken cancellationToken) => ReadAsync(connection, Share, cancellationToken);

    /// <summary>The settings, to be changed in this transaction.</summary>
    public static Task<SummarySettings> ReadToChangeAsync(DbConnection connection, CancellationToken cancellationToken) => ReadAsync(connection, Own, cancellationToken);

    private static async Task<SummarySettings> ReadAsync(DbConnection connection, string take, CancellationToken cancellationToken)
    {
        if (connection is NpgsqlConnection)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = take;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return SummarySettings.Parse(await SettingSql.ReadAsync(connection, SummarySettings.Name, cancellationToken));
    }
}
