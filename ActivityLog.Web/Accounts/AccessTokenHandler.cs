using System.Security.Claims;
using System.Text.Encodings.Web;
using ActivityLog.Core.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Accounts;

/// <summary>Who calls the API, by the access token in <c>Authorization: Bearer</c>. A refusal says what to do.</summary>
internal sealed class AccessTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer";
    private const string SignIn = "POST /api/v1/auth/login answers an access token: send it as \"Authorization: Bearer <accessToken>\".";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString().Trim();
        if (IsIngestToken(header) || IsIngestToken(Request.Headers["x-api-key"].ToString()))
        {
            return AuthenticateResult.Fail("This is an ingest token (al_…): it can only send, not read. " + SignIn);
        }

        if (header.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (!header.StartsWith(Bearer + " ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail("The Authorization header isn't a bearer token. " + SignIn);
        }

        return await tokens.CheckAsync(header[(Bearer.Length + 1)..].Trim(), Context.RequestAborted) is { } token
            ? AuthenticateResult.Success(new AuthenticationTicket(
                new ClaimsPrincipal(token.Identity), new AuthenticationProperties { ExpiresUtc = token.ExpiresAt }, Scheme.Name))
            : AuthenticateResult.Fail("The access token isn't valid here or has expired. POST /api/v1/auth/refresh answers another, or sign in again.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        Response.Headers.WWWAuthenticate = Bearer;
        await Problem(StatusCodes.Status401Unauthorized, result.Failure?.Message ?? "Nobody is signed in. " + SignIn).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem(StatusCodes.Status403Forbidden, "Your role doesn't allow this.").ExecuteAsync(Context);

    // Some senders don't decode the space of "Bearer%20al_…".
    private static bool IsIngestToken(string value) =>
        Uri.UnescapeDataString(value).Split(' ')[^1].StartsWith(TokenSecret.Start, StringComparison.Ordinal);

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
