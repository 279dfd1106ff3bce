using Microsoft.AspNetCore.Antiforgery;

namespace ActivityLog.Web.Accounts;

/// <summary>
/// A form to sign in or set up that was open for too long (its cookie is gone, or of another installation at this address) comes again, empty,
/// in place of a blank 400.
/// </summary>
internal static class StaleForms
{
    public static IApplicationBuilder UseStaleForms(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        await next(context);
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            && context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest }
            && context.Request.Path.Value is LoginPage.Path or SetupPage.Path)
        {
            context.Response.Redirect(context.Request.PathBase + context.Request.Path + context.Request.QueryString);
        }
    });
}
