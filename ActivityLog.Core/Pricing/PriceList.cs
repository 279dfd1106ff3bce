using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Pricing;

/// <summary>Brings the price table up to the list that this version of the product comes with.</summary>
internal static class PriceList
{
    /// <summary>Adds what isn't there and replaces what was looked at earlier; a node of an older version changes nothing back.</summary>
    public static async Task LoadAsync(ActivityLogDbContext context, CancellationToken cancellationToken)
    {
        var stored = await context.Prices.ToDictionaryAsync(static price => (price.Model, price.ValidFrom), cancellationToken);
        foreach (var price in ListedPrice.ReadAll().Select(static listed => listed.ToPrice()))
        {
            if (!stored.TryGetValue((price.Model, price.ValidFrom), out var old))
            {
                context.Add(price);
            }
            else if (old.AsOf < price.AsOf)
            {
                context.Entry(old).CurrentValues.SetValues(price);
            }
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (context.ChangeTracker.Entries<ModelPrice>().Any(static entry => entry.State == EntityState.Added))
        {
            // Another node started at the same time and was first: it adds the same. Should it be of an older version, the next start replaces its prices.
            context.ChangeTracker.Clear();
        }
    }
}
