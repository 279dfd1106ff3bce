using System.Security.Claims;
using ActivityLog.Core.Tokens;
using ActivityLog.Web.Accounts;
using ActivityLog.Web.Api;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Tokens;

/// <summary>Tokens of a System: who sees the System sees them, admins make and revoke them.</summary>
internal static class TokenEndpoints
{
    public static RouteGroupBuilder MapTokens(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/systems/{id:guid}/tokens").WithTags("Tokens");
        group.MapGet("", ListAsync).WithName("ListTokens").WithSummary("Tokens of a System, newest first, revoked ones too");
        group.MapGet("/{tokenId:guid}", GetAsync).WithName("GetToken").WithSummary("A token");

        var admin = group.MapGroup("").RequireAuthorization(Policies.ApiAdmin).ProducesProblem(StatusCodes.Status403Forbidden);
        admin.MapPost("", CreateAsync).WithName("CreateToken").WithSummary("Make a token")
            .WithDescription("The answer holds the secret (token), this once. A sender uses it as Authorization: Bearer al_….");
        admin.MapPatch("/{tokenId:guid}", ChangeAsync).WithName("ChangeToken").WithSummary("Change how much may come with a token")
            .WithDescription("What is left out stays; null is the configured limit. It holds at once, on every node.");
        admin.MapDelete("/{tokenId:guid}", RevokeAsync).WithName("RevokeToken").WithSummary("Revoke a token")
            .WithDescription("What is sent with it is refused from now on; what came with it stays.");
        return group;
    }

    private static async Task<Results<Ok<List<TokenView>>, NotFound>> ListAsync(
        Guid id, SystemAccess access, ITokenStore tokens, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (await access.GetAsync(person, id, cancellationToken) is not { } system)
        {
            return TypedResults.NotFound();
        }

        var list = await tokens.ListAsync(system.Key, cancellationToken);
        return TypedResults.Ok(list.Select(static token => TokenView.Of(token)).ToList());
    }

    private static async Task<Results<Ok<TokenView>, NotFound>> GetAsync(
        Guid id, Guid tokenId, SystemAccess access, ITokenStore tokens, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        await access.GetAsync(person, id, cancellationToken) is { } system && await tokens.GetAsync(system.Key, tokenId, cancellationToken) is { } token
            ? TypedResults.Ok(TokenView.Of(token))
            : TypedResults.NotFound();

    private static async Task<Results<Created<TokenView>, NotFound, ValidationProblem>> CreateAsync(
        Guid id, NewTokenRequest request, SystemAccess access, ITokenStore tokens, ClaimsPrincipal person, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await access.GetAsync(person, id, cancellationToken) is not { } system)
        {
            return TypedResults.NotFound();
        }

        var expiresAt = Utc(request.ExpiresAt);
        var errors = new FieldErrors();
        var limits = new TokenLimits(request.RecordsPerSecond, request.BytesPerDay);
        TokenRules.Check(request.Name, request.RetentionDays, expiresAt, limits, clock.GetUtcNow().UtcDateTime, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var created = await tokens.CreateAsync(
            new NewToken(system.Key, request.Name!.Trim(), request.RetentionDays!.Value, expiresAt, person.Identity?.Name) { Limits = limits }, cancellationToken);
        return TypedResults.Created($"/api/v1/systems/{id}/tokens/{created.Token.Id}", TokenView.Of(created.Token, created.Secret));
    }

    private static async Task<Results<Ok<TokenView>, NotFound, ValidationProblem>> ChangeAsync(
        Guid id, Guid tokenId, TokenPatch patch, SystemAccess access, ITokenStore tokens, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (await access.GetAsync(person, id, cancellationToken) is not { } system || await tokens.GetAsync(system.Key, tokenId, cancellationToken) is not { } token)
        {
            return TypedResults.NotFound();
        }

        var limits = patch.ToLimits(token);
        var errors = new FieldErrors();
        TokenRules.Check(limits, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        return await tokens.LimitAsync(system.Key, tokenId, limits, cancellationToken) is { } changed ? TypedResults.Ok(TokenView.Of(changed)) : TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, NotFound>> RevokeAsync(
        Guid id, Guid tokenId, SystemAccess access, ITokenStore tokens, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        await access.GetAsync(person, id, cancellationToken) is { } system && await tokens.RevokeAsync(system.Key, tokenId, cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static DateTime? Utc(DateTime? time) => time switch
    {
        { Kind: DateTimeKind.Unspecified } unspecified => DateTime.SpecifyKind(unspecified, DateTimeKind.Utc),
        _ => time?.ToUniversalTime(),
    };
}
