using ActivityLog.Ingest.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActivityLog.Ingest.Otlp;

/// <summary>The routes that exporters post to.</summary>
public static class OtlpEndpoints
{
    /// <summary>The documented base endpoint.</summary>
    internal const string Base = "/api/v1/otlp";

    // The signal endpoint given as base endpoint: the exporter adds its suffix a second time. The last one says what comes.
    private const string Mistyped = "/v1/{mistyped:regex(^(logs|traces|metrics)$)}";

    /// <summary>Whether a path is one that exporters post to, or mean to.</summary>
    internal static bool IsOtlp(string path) => path.StartsWith(Base, StringComparison.OrdinalIgnoreCase) || path.StartsWith("/v1/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Maps OTLP/HTTP: the documented paths, the protocol's own, and what people mistype.</summary>
    public static RouteGroupBuilder MapOtlp(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(TokenDefaults.Policy).DisableAntiforgery().ExcludeFromDescription();
        MapSignal(group, "logs", OtlpSignal.Logs);
        MapSignal(group, "traces", OtlpSignal.Traces);
        MapSignal(group, "metrics", OtlpSignal.Metrics);
        Map(group, Base, null);
        // What is below stands behind every other route, those of the API too.
        routes.Map(Base + "/{**rest}", NotFoundAsync).AllowAnonymous().ExcludeFromDescription();
        routes.Map("/v1/{**rest}", NotFoundAsync).AllowAnonymous().ExcludeFromDescription();
        return group;
    }

    private static void MapSignal(RouteGroupBuilder group, string name, OtlpSignal signal)
    {
        Map(group, $"{Base}/v1/{name}", signal);
        Map(group, $"/v1/{name}", signal);
        Map(group, $"{Base}/{name}", signal);
        Map(group, $"{Base}{Mistyped}/v1/{name}", signal);
        Map(group, $"{Mistyped}/v1/{name}", signal);
        Map(group, $"{Base}/{{mistyped:regex(^(logs|traces|metrics)$)}}/v1/{name}", signal);
    }

    private static void Map(RouteGroupBuilder group, string path, OtlpSignal? signal)
    {
        group.MapPost(path, http => ExportAsync(http, signal));
        group.Map(path, MethodNotAllowedAsync).AllowAnonymous();
    }

    private static async Task ExportAsync(HttpContext http, OtlpSignal? signal)
    {
        var services = http.RequestServices;
        var refuser = services.GetRequiredService<OtlpRefuser>();
        try
        {
            var refusal = await services.GetRequiredService<OtlpExport>().RunAsync(http, signal);
            if (refusal is not null)
            {
                await refuser.WriteAsync(http, refusal);
            }
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            // A 500 makes the sender drop its batch for good; what failed here may pass.
            services.GetRequiredService<OtlpExport>().LogUnexpected(e, http);
            await refuser.WriteAsync(http, OtlpRefusal.TryAgain("this server failed unexpectedly"));
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The sender has gone: nobody is left to answer.
        }
    }

    private static Task MethodNotAllowedAsync(HttpContext http)
    {
        http.Response.Headers.Allow = "POST";
        return RefuseAsync(http, new(405, "wrong method", $"{http.Request.Method} isn't answered here: OTLP exporters send POST."));
    }

    private static Task NotFoundAsync(HttpContext http) => RefuseAsync(http, new(404, "wrong path",
        $"There is nothing here. Set OTEL_EXPORTER_OTLP_ENDPOINT to https://<this host>{Base}, or a signal's own endpoint to {Base}/v1/logs, {Base}/v1/traces or {Base}/v1/metrics."));

    private static async Task RefuseAsync(HttpContext http, OtlpRefusal refusal)
    {
        // Whose exporter is set up wrong shows on the System's page.
        await http.AuthenticateAsync(TokenDefaults.Scheme);
        await http.RequestServices.GetRequiredService<OtlpRefuser>().WriteAsync(http, refusal);
    }
}
