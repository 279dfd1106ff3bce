using System.Security.Claims;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Senders;
using ActivityLog.Web.Accounts;
using ActivityLog.Web.Api;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Senders;

/// <summary>Who sends: for admins, since it tells addresses.</summary>
internal static class SenderEndpoints
{
    private const string SystemId = "systemId";

    private static readonly QueryParameter[] s_parameters = [new(SystemId, "Id of a System.", Repeats: true)];

    public static RouteGroupBuilder MapSenders(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/senders").WithTags("Senders").RequireAuthorization(Policies.ApiAdmin).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("", ListAsync).WithQuery(s_parameters).WithName("ListSenders").WithSummary("Who sends, the last seen first")
            .WithDescription("A row for each System, person and installation, with what is missing of it and the line that mends it.");
        return group;
    }

    private static async Task<Results<Ok<List<SenderView>>, ValidationProblem>> ListAsync(
        HttpRequest request, SystemAccess access, ISenderStore senders, ClaimsPrincipal person, TimeProvider clock, CancellationToken cancellationToken)
    {
        var systems = (await access.ListAsync(person, cancellationToken)).ToDictionary(static system => system.Id, static system => system.Key);
        List<int> asked = [];
        foreach (var (name, text) in QueryParameters.Read(request))
        {
            if (name != SystemId)
            {
                return new QueryError(name, $"There is no parameter \"{name}\" here (names are case-sensitive). Allowed: {SystemId}.").ToProblem();
            }

            if (!Guid.TryParse(text, out var id))
            {
                return new QueryError(name, $"{name} can't be \"{text}\". Allowed: a UUID.").ToProblem();
            }

            // One that isn't there has no senders.
            asked.Add(systems.GetValueOrDefault(id));
        }

        var seen = await senders.ListAsync(asked.Count == 0 ? systems.Values : asked, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        return TypedResults.Ok(seen.Select(one => SenderView.Of(one, now)).ToList());
    }
}
