using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>The tables on PostgreSQL.</summary>
public sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : ActivityLogDbContext(options)
{
    /// <inheritdoc/>
    protected override string JsonColumnType => "jsonb";
}
