namespace ActivityLog.Web.Api;

/// <summary>Errors outside the pages are problem details, also those that no handler made (404, 405, 415).</summary>
internal static class ApiErrors
{
    public static IApplicationBuilder UseApiErrors(this WebApplication app)
    {
        app.UseExceptionHandler();
        return app.UseStatusCodePages();
    }

    /// <summary>Whether a path is the API's or a sender's.</summary>
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api") || IsOtlp(path);

    /// <summary>Whether a path is a sender's.</summary>
    public static bool IsOtlp(PathString path) => path.StartsWithSegments("/v1") || path.StartsWithSegments("/api/v1/otlp");
}
