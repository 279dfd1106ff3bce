using ActivityLog.Core.Accounts;
using ActivityLog.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActivityLog.Web.Accounts;

/// <summary>Access tokens for scripts.</summary>
internal static class AuthEndpoints
{
    public static RouteGroupBuilder MapAuth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/auth").WithTags("Sign-in").AllowAnonymous();
        group.MapPost("/login", LoginAsync).WithName("Login")
            .WithSummary("Sign in")
            .WithDescription("Answers an access token for one hour and a refresh token. Wrong tries lock the account for 5 minutes after the fifth.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/refresh", RefreshAsync).WithName("Refresh")
            .WithSummary("Get the next access token")
            .WithDescription("Exchanges a refresh token for an access token and the next refresh token. A refresh token used twice ends all that came from the same sign-in.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        return group;
    }

    private static async Task<Results<Ok<AccessTokenView>, ValidationProblem, ProblemHttpResult>> LoginAsync(
        LoginRequest request, PasswordSignIn signIn, AccessTokens accessTokens, RefreshTokenStore refreshTokens, HttpContext context, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(request.Email, "email");
        errors.Require(request.Password, "password");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var (outcome, user) = await signIn.CheckAsync(request.Email!, request.Password!, context.Connection.RemoteIpAddress);
        if (outcome == SignInOutcome.TooManyTries)
        {
            return TooManyTries(context);
        }

        return user is null
            ? TypedResults.Problem(
                PasswordSignIn.RefusedHint, statusCode: StatusCodes.Status401Unauthorized, title: PasswordSignIn.RefusedText)
            : TypedResults.Ok(View(
                await accessTokens.CreateAsync(user, cancellationToken), await refreshTokens.BeginAsync(user, cancellationToken)));
    }

    private static async Task<Results<Ok<AccessTokenView>, ValidationProblem, ProblemHttpResult>> RefreshAsync(
        RefreshRequest request, AccessTokens accessTokens, RefreshTokenStore refreshTokens, SignInLimit limit, HttpContext context, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(request.RefreshToken, "refreshToken");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var address = context.Connection.RemoteIpAddress;
        if (!limit.Allows(address))
        {
            return TooManyTries(context);
        }

        var isKnown = await refreshTokens.IsKnownAsync(request.RefreshToken!, cancellationToken);
        if (!isKnown)
        {
            limit.Failed(address);
        }

        var refreshed = isKnown ? await refreshTokens.RotateAsync(request.RefreshToken!, cancellationToken) : null;
        return refreshed is null
            ? TypedResults.Problem(
                "The refresh token isn't known, was used before, or has expired. Sign in again.", statusCode: StatusCodes.Status401Unauthorized)
            : TypedResults.Ok(View(await accessTokens.CreateAsync(refreshed.User, cancellationToken), refreshed.Secret));
    }

    private static ProblemHttpResult TooManyTries(HttpContext context)
    {
        context.Response.Headers.RetryAfter = ((int)SignInLimit.Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return TypedResults.Problem(PasswordSignIn.TooManyTriesText, statusCode: StatusCodes.Status429TooManyRequests);
    }

    private static AccessTokenView View(string accessToken, string refreshToken) =>
        new(accessToken, (int)AccessTokenDefaults.Lifetime.TotalSeconds, refreshToken, "Bearer");
}
