using System.Security.Claims;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Queries;
using ActivityLog.Web.Api;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Metrics;

/// <summary>Metric points, summed. Which parameters there are and what they mean is Core's.</summary>
internal static class MetricEndpoints
{
    public static RouteGroupBuilder MapMetrics(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/metrics").WithTags("Metrics");
        group.MapGet("/aggregate", AggregateAsync).WithQuery(MetricAggregate.Parameters).WithName("AggregateMetrics")
            .WithSummary("Counts and sums of metric points by group")
            .WithDescription("Values are in the metric's own unit. Cumulative series count by their increase.");
        return group;
    }

    private static async Task<Results<Ok<AggregateResult>, ValidationProblem>> AggregateAsync(
        HttpRequest request, SystemAccess access, IMetricStore metrics, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        MetricAggregate.TryParse(QueryParameters.Read(request), await access.ScopeAsync(person, cancellationToken), out var query, out var error)
            ? TypedResults.Ok(await metrics.AggregateAsync(query, cancellationToken))
            : error.ToProblem();
}
