using ActivityLog.Web.Api;
using ActivityLog.Web.Shared.Filters;
using ActivityLog.Web.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace ActivityLog.Web.Layout;

/// <summary>What the pages need, and where they are mapped.</summary>
internal static class PagesSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddRadzenComponents();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<FirstMessages>();
        services.AddSingleton<FilterChoicesReader>();
        return services;
    }

    /// <summary>A wrong address shows the not-found page, to a browser only: a sender or a script gets its plain 404.</summary>
    public static IApplicationBuilder UseNotFoundPage(this IApplicationBuilder app) => app.UseWhen(
        static context => HttpMethods.IsGet(context.Request.Method) && !ApiErrors.IsApi(context.Request.Path)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase),
        static branch => branch.UseStatusCodePagesWithReExecute("/not-found"));

    public static RazorComponentsEndpointConventionBuilder MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapStaticAssets().AllowAnonymous();
        return routes.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
