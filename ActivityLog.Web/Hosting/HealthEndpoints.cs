using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace ActivityLog.Web.Hosting;

/// <summary>Whether the process runs (live) and whether it can work (ready), for load balancers and orchestrators.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").AllowAnonymous();
        group.MapHealthChecks("/live", Options(static _ => false));
        group.MapHealthChecks("/ready", Options(static _ => true));
    }

    private static HealthCheckOptions Options(Func<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckRegistration, bool> predicate) => new()
    {
        Predicate = predicate,
        // The names of the states are ASP.NET Core's: healthy, degraded, unhealthy.
        ResponseWriter = static (context, report) => context.Response.WriteAsJsonAsync(new { status = report.Status.ToString().ToLowerInvariant() }),
    };
}
