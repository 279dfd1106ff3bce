using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>The tables on SQLite.</summary>
public sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : ActivityLogDbContext(options)
{
    /// <inheritdoc/>
    protected override string JsonColumnType => "TEXT";
}
