using System.Security.Claims;
using ActivityLog.Core.Accounts;
using ActivityLog.Core.Systems;

namespace ActivityLog.Web.Systems;

/// <summary>Which Systems a person may see: the one place that decides it. What one may not see is as if it weren't there.</summary>
internal sealed class SystemAccess(ISystemStore systems)
{
    /// <summary>The Systems this person may see, by name.</summary>
    public async Task<IReadOnlyList<MonitoredSystem>> ListAsync(ClaimsPrincipal person, CancellationToken cancellationToken) =>
        SeesAll(person) ? await systems.ListAsync(cancellationToken) : [];

    /// <summary>A System, or null when there is none or this person may not see it.</summary>
    public async Task<MonitoredSystem?> GetAsync(ClaimsPrincipal person, Guid id, CancellationToken cancellationToken) =>
        SeesAll(person) ? await systems.GetAsync(id, cancellationToken) : null;

    // Leads and Members see what is granted to them, and nothing is granted yet.
    private static bool SeesAll(ClaimsPrincipal person) => person.IsInRole(Roles.Admin);
}
