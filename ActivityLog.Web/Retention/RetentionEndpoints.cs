using System.Security.Claims;
using ActivityLog.Core.Retention;
using ActivityLog.Web.Accounts;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Retention;

/// <summary>What has expired and what was deleted, for admins.</summary>
internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder api) =>
        api.MapGet("/retention", ReadAsync).RequireAuthorization(Policies.ApiAdmin).ProducesProblem(StatusCodes.Status403Forbidden)
            .WithTags("Retention").WithName("ReadRetention").WithSummary("What has expired and what was deleted, by System");

    private static async Task<Ok<RetentionView>> ReadAsync(
        SystemAccess access, IRetentionStore retention, TimeProvider clock, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        var systems = await access.ListAsync(person, cancellationToken);
        var rows = await retention.ListAsync([.. systems.Select(static system => system.Key)], cancellationToken);
        return TypedResults.Ok(RetentionView.Of(await retention.FindRunAsync(cancellationToken), systems.Zip(rows), clock.GetUtcNow().UtcDateTime));
    }
}
