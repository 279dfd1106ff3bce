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

    private static async Task<RedirectHttpResult> LogoutAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<AppUser> signIn)
    {
        // A form of another site has neither; who has neither is sent to the first page, signed in as before.
        if (context.Request.Headers["Sec-Fetch-Site"] != "same-origin" && !await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.Redirect("/");
        }

        await signIn.SignOutAsync();
        return TypedResults.Redirect(LoginPage.Path);
    }
}
