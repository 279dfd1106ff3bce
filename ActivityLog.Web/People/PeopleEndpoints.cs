using ActivityLog.Core.People;
using ActivityLog.Web.Accounts;
using ActivityLog.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.People;

/// <summary>Names that senders tell for people, and which of them are one person's: for admins, since they are of all Systems.</summary>
internal static class PeopleEndpoints
{
    public static RouteGroupBuilder MapPeople(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/people").WithTags("People").RequireAuthorization(Policies.ApiAdmin).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("", ListAsync).WithQuery(PeopleQuery.Parameters).WithName("ListPeople").WithSummary("Names of people, with their aliases and suggestions")
            .WithDescription("A page in ordinal order. suggested is a name that may be the same person's, and reason why.");
        group.MapPut("/alias", SetAliasAsync).WithName("SetAlias").WithSummary("Make a name an alias of another one")
            .WithDescription("All reports, lists and filters show both as one person from now on; aliasOf of null takes it back. Nothing stored changes.");
        return group;
    }

    private static async Task<Results<Ok<PeoplePage>, ValidationProblem>> ListAsync(HttpRequest request, IPeopleStore people, CancellationToken cancellationToken) =>
        PeopleQuery.TryParse(QueryParameters.Read(request), out var query, out var error)
            ? TypedResults.Ok(await people.ListAsync(query, cancellationToken))
            : error.ToProblem();

    private static async Task<Results<NoContent, ValidationProblem>> SetAliasAsync(AliasRequest request, IPeopleStore people, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(request.Name, "name");
        errors.RefuseControls(request.Name, "name");
        errors.RefuseControls(request.AliasOf, "aliasOf");
        if (!errors.Any)
        {
            switch (await people.SetAliasAsync(request.Name!, request.AliasOf, cancellationToken))
            {
                case AliasChange.NotFound:
                    errors.Add("name", "Nobody has this name.");
                    break;
                case AliasChange.TargetNotFound:
                    errors.Add("aliasOf", "Nobody has this name.");
                    break;
                case AliasChange.Itself:
                    errors.Add("aliasOf", "A name can't be an alias of itself.");
                    break;
            }
        }

        return errors.Any ? errors.ToProblem() : TypedResults.NoContent();
    }
}
