using System.Security.Claims;
using ActivityLog.Core.Systems;
using ActivityLog.Web.Accounts;
using ActivityLog.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Systems;

/// <summary>Systems: everybody reads those they may see, admins change them.</summary>
internal static class SystemEndpoints
{
    public static RouteGroupBuilder MapSystems(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/systems").WithTags("Systems");
        group.MapGet("", ListAsync).WithName("ListSystems").WithSummary("Systems you may see, by name");
        group.MapGet("/{id:guid}", GetAsync).WithName("GetSystem").WithSummary("A System");

        var admin = group.MapGroup("").RequireAuthorization(Policies.ApiAdmin).ProducesProblem(StatusCodes.Status403Forbidden);
        admin.MapPost("", CreateAsync).WithName("CreateSystem").WithSummary("Make a System");
        admin.MapPatch("/{id:guid}", ChangeAsync).WithName("ChangeSystem").WithSummary("Change name, description or plan of a System")
            .WithDescription("What is left out stays. A change of plan is for messages to come.");
        admin.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteSystem").WithSummary("Delete a System")
            .WithDescription("Its tokens are refused and nobody sees its messages from now on.");
        return group;
    }

    private static async Task<Ok<List<SystemView>>> ListAsync(SystemAccess access, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        var systems = await access.ListAsync(person, cancellationToken);
        return TypedResults.Ok(systems.Select(SystemView.Of).ToList());
    }

    private static async Task<Results<Ok<SystemView>, NotFound>> GetAsync(
        Guid id, SystemAccess access, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        await access.GetAsync(person, id, cancellationToken) is { } system ? TypedResults.Ok(SystemView.Of(system)) : TypedResults.NotFound();

    private static async Task<Results<Created<SystemView>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        NewSystemRequest request, ISystemStore systems, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        SystemRules.Check(request.Name, request.Description, errors);
        var plan = SystemRules.ReadPlan(request.Plan, SystemPlan.Pro, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var system = await systems.CreateAsync(request.Name!.Trim(), Blank(request.Description), plan, cancellationToken);
        return system is null
            ? NameTaken()
            : TypedResults.Created($"/api/v1/systems/{system.Id}", SystemView.Of(system));
    }

    private static async Task<Results<Ok<SystemView>, NotFound, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        Guid id, SystemPatch patch, SystemAccess access, ISystemStore systems, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (await access.GetAsync(person, id, cancellationToken) is not { } system)
        {
            return TypedResults.NotFound();
        }

        var name = patch.Name ?? system.Name;
        var description = patch.HasDescription ? patch.Description : system.Description;
        var errors = new FieldErrors();
        SystemRules.Check(name, description, errors);
        var plan = SystemRules.ReadPlan(patch.Plan, system.Plan, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        return await systems.UpdateAsync(id, name.Trim(), Blank(description), plan, cancellationToken) switch
        {
            SystemChange.NameTaken => NameTaken(),
            SystemChange.Changed when await systems.GetAsync(id, cancellationToken) is { } changed => TypedResults.Ok(SystemView.Of(changed)),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(
        Guid id, SystemAccess access, ISystemStore systems, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        await access.GetAsync(person, id, cancellationToken) is not null && await systems.DeleteAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static ProblemHttpResult NameTaken() =>
        TypedResults.Problem($"name: {SystemRules.NameTaken}", statusCode: StatusCodes.Status409Conflict);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
