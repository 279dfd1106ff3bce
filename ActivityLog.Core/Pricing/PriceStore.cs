using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Pricing;

/// <inheritdoc cref="IPriceStore"/>
internal sealed class PriceStore(IDbContextFactory<ActivityLogDbContext> contexts) : IPriceStore
{
    public Task<PriceTable> GetAsync(CancellationToken cancellationToken) => StoreErrors.GuardAsync(async () =>
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return new PriceTable(await context.Prices.AsNoTracking().ToListAsync(cancellationToken));
    });
}
