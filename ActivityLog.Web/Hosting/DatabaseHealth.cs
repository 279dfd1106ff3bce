using ActivityLog.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActivityLog.Web.Hosting;

/// <summary>Healthy while the database answers a question.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<ActivityLogDbContext> contexts) : IHealthCheck
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        await using var database = await contexts.CreateDbContextAsync(patience.Token);
        // What it throws is reported as unhealthy, with the exception in the log.
        await database.Settings.AnyAsync(patience.Token);
        return HealthCheckResult.Healthy();
    }
}
