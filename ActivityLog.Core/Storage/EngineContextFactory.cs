using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Storage;

/// <summary>Makes contexts of the engine in use for those who needn't know which it is.</summary>
internal sealed class EngineContextFactory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<ActivityLogDbContext>
    where TContext : ActivityLogDbContext
{
    public ActivityLogDbContext CreateDbContext() => inner.CreateDbContext();

    public async Task<ActivityLogDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await inner.CreateDbContextAsync(cancellationToken);
}
