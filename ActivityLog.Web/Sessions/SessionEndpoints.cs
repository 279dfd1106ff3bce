using System.Security.Claims;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Sessions;
using ActivityLog.Web.Api;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Sessions;

/// <summary>Sessions: lists, and one.</summary>
internal static class SessionEndpoints
{
    private const string SystemParameter = "systemId";

    public static RouteGroupBuilder MapSessions(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/sessions").WithTags("Sessions");
        group.MapGet("", ListAsync).WithQuery(SessionQuery.Parameters).WithName("ListSessions")
            .WithSummary("Sessions, by time, cost, length or errors")
            .WithDescription(
                "Those with a prompt or a call among the messages that the filters leave, or with spend that only metrics tell (source metrics; else events). " +
                "Their figures are of these messages, their times of all of the session's. " +
                "nextCursor begins the next page; null when there is none. costMicrocents is USD × 10⁶.");
        group.MapGet("/{id}", GetAsync)
            .WithQuery([new QueryParameter(SystemParameter, "Id of the System. Needed where several have a session of this id.", Repeats: true)]).WithName("GetSession")
            .WithSummary("A session as a whole");
        return group;
    }

    private static async Task<Results<Ok<SessionList>, ValidationProblem>> ListAsync(
        HttpRequest request, SystemAccess access, ISessionStore sessions, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        SessionQuery.TryParse(QueryParameters.Read(request), await access.ScopeAsync(person, cancellationToken), out var query, out var error)
            ? TypedResults.Ok(await sessions.ListAsync(query, cancellationToken))
            : error.ToProblem();

    private static async Task<Results<Ok<SessionView>, NotFound, ValidationProblem>> GetAsync(
        string id, HttpRequest request, SystemAccess access, ISessionStore sessions, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        HashSet<Guid> asked = [];
        foreach (var (name, value) in QueryParameters.Read(request))
        {
            if (name != SystemParameter)
            {
                return new QueryError(name, $"There is no parameter \"{name}\" here (names are case-sensitive). Allowed: {SystemParameter}.").ToProblem();
            }

            if (!Guid.TryParse(value, out var system))
            {
                return new QueryError(SystemParameter, $"{SystemParameter} can't be \"{value}\". Allowed: a UUID.").ToProblem();
            }

            asked.Add(system);
        }

        var systems = await access.ListAsync(person, cancellationToken);
        List<int> keys = [.. systems.Where(system => asked.Count == 0 || asked.Contains(system.Id)).Select(static system => system.Key)];
        return await sessions.FindAsync(id, keys, cancellationToken) switch
        {
            [] => TypedResults.NotFound(),
            [var one] => TypedResults.Ok(one),
            var several => new QueryError(
                SystemParameter,
                $"Several Systems have a session of this id: say which. Allowed: {string.Join(", ", several.Select(static session => session.SystemId))}.").ToProblem(),
        };
    }
}
