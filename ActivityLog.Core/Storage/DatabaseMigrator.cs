using ActivityLog.Core.Pricing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Storage;

/// <summary>Brings the tables and the price list up to date when the server starts. Several nodes may start at once: EF Core locks the history table.</summary>
public sealed class DatabaseMigrator(IDbContextFactory<ActivityLogDbContext> contexts, ILogger<DatabaseMigrator> logger)
{
    /// <summary>Applies what isn't applied yet.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            await ApplyAsync(context, pending, cancellationToken);
        }

        await PriceList.LoadAsync(context, cancellationToken);
    }

    private async Task ApplyAsync(ActivityLogDbContext context, List<string> pending, CancellationToken cancellationToken)
    {
        logger.LogInformation("Bringing the database up to date: {Migrations}", string.Join(", ", pending));
        if (context.Database.IsSqlite())
        {
            // EF Core's lock on SQLite is a table that a killed process leaves behind; there the file is this process's own, so nobody holds it.
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        }

        // An index on a large table takes as long as it takes.
        context.Database.SetCommandTimeout(TimeSpan.FromDays(1));
        await context.Database.MigrateAsync(cancellationToken);
    }
}
