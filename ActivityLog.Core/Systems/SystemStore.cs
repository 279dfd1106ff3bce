using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Core.Systems;

/// <inheritdoc/>
internal sealed class SystemStore(IDbContextFactory<ActivityLogDbContext> contexts, TokenChanges changes, TimeProvider clock) : ISystemStore
{
    public async Task<IReadOnlyList<MonitoredSystem>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Systems.AsNoTracking().Where(static s => s.DeletedAt == null).OrderBy(static s => s.Name).ThenBy(static s => s.Key)
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<MonitoredSystem>> ListWithDeletedAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Systems.AsNoTracking().ToListAsync(cancellationToken);
    }

    public async Task<MonitoredSystem?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Systems.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.DeletedAt == null, cancellationToken);
    }

    public Task<MonitoredSystem?> CreateAsync(string name, string? description, SystemPlan plan, CancellationToken cancellationToken) =>
        CreateAsync(new MonitoredSystem { Name = name, Description = description, Plan = plan }, cancellationToken);

    public Task<MonitoredSystem?> CreateSampleAsync(string name, string description, CancellationToken cancellationToken) =>
        CreateAsync(new MonitoredSystem { Name = name, Description = description, IsSample = true }, cancellationToken);

    public async Task<SystemChange> UpdateAsync(Guid id, string name, string? description, SystemPlan plan, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var system = await context.Systems.SingleOrDefaultAsync(s => s.Id == id && s.DeletedAt == null, cancellationToken);
        if (system is null)
        {
            return SystemChange.NotFound;
        }

        if (await IsTakenAsync(context, name, system.Key, cancellationToken))
        {
            return SystemChange.NameTaken;
        }

        (system.Name, system.Description, system.Plan) = (name, description, plan);
        // How much of a body is kept goes with the token's check.
        await changes.RunAsync(context, () => context.SaveChangesAsync(cancellationToken), cancellationToken);
        return SystemChange.Changed;
    }

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        return await changes.RunAsync(
            context,
            () => context.Systems.Where(s => s.Id == id && s.DeletedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(static s => s.DeletedAt, now), cancellationToken),
            cancellationToken) == 1;
    }

    private async Task<MonitoredSystem?> CreateAsync(MonitoredSystem system, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await IsTakenAsync(context, system.Name, exceptKey: null, cancellationToken))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        (system.Id, system.CreatedAt) = (Guid.CreateVersion7(now), UnixMicroseconds.Cut(now.UtcDateTime));
        context.Systems.Add(system);
        await context.SaveChangesAsync(cancellationToken);
        return system;
    }

    // Names are compared here, not by the engine: SQLite folds only ASCII letters, and each installation has few Systems.
    private static async Task<bool> IsTakenAsync(ActivityLogDbContext context, string name, int? exceptKey, CancellationToken cancellationToken)
    {
        var names = await context.Systems.Where(s => s.DeletedAt == null && s.Key != exceptKey).Select(static s => s.Name).ToListAsync(cancellationToken);
        return names.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
