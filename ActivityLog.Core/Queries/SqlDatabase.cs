using System.Data.Common;
using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Queries;

/// <summary>Runs statements that only read, each on a connection of its own.</summary>
internal sealed class SqlDatabase(IDbContextFactory<ActivityLogDbContext> contexts, SqlDialect dialect)
{
    /// <summary>A statement of the engine in use.</summary>
    public SqlText NewText() => new(dialect);

    /// <summary>The rows of a statement.</summary>
    /// <exception cref="StoreUnavailableException">The engine takes no reads now; trying again may work.</exception>
    public Task<List<T>> ReadAsync<T>(SqlText text, Func<DbDataReader, T> read, CancellationToken cancellationToken) => StoreErrors.GuardAsync(async () =>
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = context.Database.GetDbConnection();
        dialect.Prepare(connection);
        await using var command = text.ToCommand(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    });
}
