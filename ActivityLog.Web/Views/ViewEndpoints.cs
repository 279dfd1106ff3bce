using System.Security.Claims;
using ActivityLog.Core.Accounts;
using ActivityLog.Core.Views;
using ActivityLog.Web.Accounts;
using ActivityLog.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Views;

/// <summary>Saved views: everybody has their own, and sees those that others share.</summary>
internal static class ViewEndpoints
{
    public static RouteGroupBuilder MapViews(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/views").WithTags("Views");
        group.MapGet("", ListAsync).WithName("ListViews").WithSummary("Your views and those that others share, by name");
        group.MapPost("", CreateAsync).WithName("CreateView").WithSummary("Save a view");
        group.MapGet("/{id:guid}", GetAsync).WithName("GetView").WithSummary("A view");
        group.MapPut("/{id:guid}", ChangeAsync).WithName("ChangeView").WithSummary("Change a view of yours");
        group.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteView").WithSummary("Delete a view of yours").WithDescription("An admin deletes shared ones of others, too.");
        return group;
    }

    private static async Task<Ok<List<SavedViewView>>> ListAsync(IViewStore views, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        var id = person.AccountId();
        return TypedResults.Ok((await views.ListAsync(id, cancellationToken)).Select(view => SavedViewView.Of(view, id)).ToList());
    }

    private static async Task<Results<Ok<SavedViewView>, NotFound>> GetAsync(Guid id, IViewStore views, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        await views.GetAsync(person.AccountId(), id, cancellationToken) is { } view ? TypedResults.Ok(SavedViewView.Of(view, person.AccountId())) : TypedResults.NotFound();

    private static async Task<Results<Created<SavedViewView>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        SavedViewRequest request, IViewStore views, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        ViewRules.Check(request.Name, request.Address, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var (change, view) = await views.CreateAsync(person.AccountId(), request.Name!.Trim(), request.Address!, request.IsShared, cancellationToken);
        return view is not null ? TypedResults.Created($"/api/v1/views/{view.Id}", SavedViewView.Of(view, person.AccountId())) : Refused(change);
    }

    private static async Task<Results<Ok<SavedViewView>, NotFound, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        Guid id, SavedViewRequest request, IViewStore views, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        ViewRules.Check(request.Name, request.Address, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var owner = person.AccountId();
        return await views.UpdateAsync(owner, id, request.Name!.Trim(), request.Address!, request.IsShared, cancellationToken) switch
        {
            ViewChange.NameTaken => Refused(ViewChange.NameTaken),
            ViewChange.Done when await views.GetAsync(owner, id, cancellationToken) is { } view => TypedResults.Ok(SavedViewView.Of(view, owner)),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(Guid id, IViewStore views, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        await views.DeleteAsync(person.AccountId(), id, person.IsInRole(Roles.Admin), cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static ProblemHttpResult Refused(ViewChange change) =>
        TypedResults.Problem(change == ViewChange.TooMany ? ViewRules.TooMany : $"name: {ViewRules.NameTaken}", statusCode: StatusCodes.Status409Conflict);
}
