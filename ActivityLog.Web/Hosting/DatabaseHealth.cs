using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp.Spool;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActivityLog.Web.Hosting;

/// <summary>Healthy while the database answers a question; degraded while it doesn't, or takes no writes, and the spool takes them.</summary>
internal sealed class DatabaseHealth(IDatabaseProbe probe, DatabaseState database, ISpoolState spool) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!database.IsAway && await probe.AnswersAsync(cancellationToken))
        {
            return HealthCheckResult.Healthy();
        }

        return spool.Current is { IsOn: true } state && state.Bytes < state.MaxBytes
            ? HealthCheckResult.Degraded("The database is away; what comes in is spooled.")
            : HealthCheckResult.Unhealthy("The database is away.");
    }
}
