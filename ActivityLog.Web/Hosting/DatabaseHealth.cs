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

        // The log gets the reason; the answer, which anybody may read, only the state.
        return spool.Current.CanTake
            ? HealthCheckResult.Degraded($"The database is away; what comes in is spooled. {database.Reason}")
            : HealthCheckResult.Unhealthy($"The database is away, and what comes in can't be kept. {database.Reason}");
    }
}
