using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Views;

/// <inheritdoc cref="IViewStore"/>
internal sealed class ViewStore(IDbContextFactory<ActivityLogDbContext> contexts, TimeProvider clock) : IViewStore
{
    public async Task<IReadOnlyList<SavedView>> ListAsync(Guid person, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var views = await StoreErrors.GuardAsync(() => Seen(context, person).ToListAsync(cancellationToken));
        return [.. views.OrderBy(static view => view.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static view => view.Id)];
    }

    public async Task<SavedView?> GetAsync(Guid person, Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await StoreErrors.GuardAsync(() => Seen(context, person).SingleOrDefaultAsync(view => view.Id == id, cancellationToken));
    }

    public async Task<(ViewChange Change, SavedView? View)> CreateAsync(
        Guid person, string name, string address, bool isShared, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await StoreErrors.GuardAsync(async () =>
        {
            var names = await NamesAsync(context, person, except: null, cancellationToken);
            if (names.Count >= SavedView.MaxPerOwner)
            {
                return (ViewChange.TooMany, (SavedView?)null);
            }

            if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return (ViewChange.NameTaken, null);
            }

            var now = clock.GetUtcNow();
            var view = new SavedView
            {
                Id = Guid.CreateVersion7(now),
                OwnerId = person,
                Name = name,
                Address = address,
                IsShared = isShared,
                CreatedAt = UnixMicroseconds.Cut(now.UtcDateTime),
            };
            context.SavedViews.Add(view);
            await context.SaveChangesAsync(cancellationToken);
            return (ViewChange.Done, view);
        });
    }

    public async Task<ViewChange> UpdateAsync(Guid person, Guid id, string name, string address, bool isShared, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await StoreErrors.GuardAsync(async () =>
        {
            if ((await NamesAsync(context, person, id, cancellationToken)).Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return ViewChange.NameTaken;
            }

            var changed = await context.SavedViews.Where(view => view.Id == id && view.OwnerId == person).ExecuteUpdateAsync(
                set => set.SetProperty(static v => v.Name, name).SetProperty(static v => v.Address, address).SetProperty(static v => v.IsShared, isShared),
                cancellationToken);
            return changed == 1 ? ViewChange.Done : ViewChange.NotFound;
        });
    }

    public async Task<bool> DeleteAsync(Guid person, Guid id, bool anyShared, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await StoreErrors.GuardAsync(() => context.SavedViews
            .Where(view => view.Id == id && (view.OwnerId == person || (anyShared && view.IsShared))).ExecuteDeleteAsync(cancellationToken)) == 1;
    }

    private static IQueryable<SavedView> Seen(ActivityLogDbContext context, Guid person) =>
        context.SavedViews.AsNoTracking().Where(view => view.OwnerId == person || view.IsShared);

    // Compared here, not by the engine: SQLite folds only ASCII letters.
    private static Task<List<string>> NamesAsync(ActivityLogDbContext context, Guid person, Guid? except, CancellationToken cancellationToken) =>
        context.SavedViews.Where(view => view.OwnerId == person && view.Id != except).Select(static view => view.Name).ToListAsync(cancellationToken);
}
