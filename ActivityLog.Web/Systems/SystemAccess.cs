using System.Security.Claims;
using ActivityLog.Core.Accounts;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Systems;
using ActivityLog.Web.Hosting;

namespace ActivityLog.Web.Systems;

/// <summary>Which Systems a person may see: the one place that decides it. What one may not see is as if it weren't there.</summary>
internal sealed class SystemAccess(ISystemStore systems, InstallationZone zone)
{
    /// <summary>The Systems this person may see, by name.</summary>
    public async Task<IReadOnlyList<MonitoredSystem>> ListAsync(ClaimsPrincipal person, CancellationToken cancellationToken) =>
        SeesAll(person) ? await systems.ListAsync(cancellationToken) : [];

    /// <summary>A System, or null when there is none or this person may not see it.</summary>
    public async Task<MonitoredSystem?> GetAsync(ClaimsPrincipal person, Guid id, CancellationToken cancellationToken) =>
        SeesAll(person) ? await systems.GetAsync(id, cancellationToken) : null;

    /// <summary>The numbers of the Systems this person may see.</summary>
    public async Task<IReadOnlyList<int>> KeysAsync(ClaimsPrincipal person, CancellationToken cancellationToken) =>
        [.. (await ListAsync(person, cancellationToken)).Select(static system => system.Key)];

    /// <summary>Within what this person's queries are read.</summary>
    public async Task<QueryScope> ScopeAsync(ClaimsPrincipal person, CancellationToken cancellationToken) =>
        new((await ListAsync(person, cancellationToken)).ToDictionary(static system => system.Id, static system => system.Key), zone.Zone);

    // Leads and Members see what is granted to them, and nothing is granted yet.
    private static bool SeesAll(ClaimsPrincipal person) => person.IsInRole(Roles.Admin);
}
