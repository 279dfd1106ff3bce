using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.People;

/// <inheritdoc cref="IPeopleStore"/>
internal sealed class PeopleStore(IDbContextFactory<ActivityLogDbContext> contexts) : IPeopleStore
{
    public async Task<PeoplePage> ListAsync(PeopleQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Few against what they sent: all of them are looked at, since any may be like any other.
        var names = await StoreErrors.GuardAsync(() => context.Names.AsNoTracking().Where(static name => name.Kind == NameKind.User)
            .OrderBy(static name => name.Id).Take(IPeopleStore.MaxNames).ToListAsync(cancellationToken));
        var byId = names.ToDictionary(static name => name.Id, static name => name.Value);
        var aliases = names.Where(static name => name.AliasOf is not null).ToLookup(static name => name.AliasOf!.Value, static name => name.Value);
        var suggested = AliasSuggestions.Of(names.Where(static name => name.AliasOf is null).Select(static name => name.Value));

        var found = names
            .Where(name => query.Search is null || name.Value.Contains(query.Search, StringComparison.OrdinalIgnoreCase))
            .Where(name => !query.Suggested || suggested.ContainsKey(name.Value))
            .Where(name => query.After is null || StringComparer.Ordinal.Compare(name.Value, query.After) > 0)
            .OrderBy(static name => name.Value, StringComparer.Ordinal)
            .Take(query.Take + 1)
            .Select(name => new PersonView(
                name.Value,
                name.AliasOf is { } other ? byId.GetValueOrDefault(other) : null,
                [.. aliases[name.Id].Order(StringComparer.Ordinal)],
                suggested.TryGetValue(name.Value, out var one) ? one.Name : null,
                suggested.TryGetValue(name.Value, out var because) ? because.Reason : null))
            .ToList();
        return found.Count > query.Take ? new PeoplePage(found[..query.Take], found[query.Take - 1].Name) : new PeoplePage(found, null);
    }

    public async Task<AliasChange> SetAliasAsync(string name, string? aliasOf, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await StoreErrors.GuardAsync(async () =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var people = context.Names.Where(static one => one.Kind == NameKind.User);
            // Locked, so that of two changes at once, which could make an alias of an alias, one sees the other.
            await people.Where(one => one.Value == name || one.Value == aliasOf)
                .ExecuteUpdateAsync(set => set.SetProperty(static one => one.AliasOf, static one => one.AliasOf), cancellationToken);
            var rows = await people.AsNoTracking().Where(one => one.Value == name || one.Value == aliasOf).ToListAsync(cancellationToken);
            var self = rows.Find(one => one.Value == name);
            var other = rows.Find(one => one.Value == aliasOf);
            var target = other?.AliasOf ?? other?.Id;
            var problem = self is null ? AliasChange.NotFound
                : aliasOf is not null && other is null ? AliasChange.TargetNotFound
                : target == self.Id || other?.Id == self.Id ? AliasChange.Itself
                : AliasChange.Done;
            if (problem != AliasChange.Done)
            {
                return problem;
            }

            await people.Where(one => one.Id == self!.Id || (target != null && one.AliasOf == self.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(static one => one.AliasOf, target), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return AliasChange.Done;
        });
    }
}
