using ActivityLog.Core.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace ActivityLog.Web.Accounts;

/// <summary>Signs out of the pages.</summary>
internal static class LogoutEndpoint
{
    public static RouteHandlerBuilder MapLogout(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/logout", LogoutAsync).AllowAnonymous().ExcludeFromDescription();

    // A form of another site doesn't have the token; who has none is sent to the page, signed in as before.
    private static async Task<RedirectHttpResult> LogoutAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<AppUser> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.Redirect("/");
        }

        await signIn.SignOutAsync();
        return TypedResults.Redirect(LoginPage.Path);
    }
}
