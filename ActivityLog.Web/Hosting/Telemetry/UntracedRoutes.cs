using System.Diagnostics;

namespace ActivityLog.Web.Hosting.Telemetry;

/// <summary>
/// Keeps requests out of the process's own traces that come by themselves: what senders send (a trace of each would be sent on, here perhaps), and what watches the
/// process.
/// </summary>
internal static class UntracedRoutes
{
    private static readonly PathString[] s_paths = ["/api/v1/otlp", "/v1", "/metrics", "/health"];

    public static IApplicationBuilder UseUntracedRoutes(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (Activity.Current is { } activity && s_paths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
        {
            // What is done for it follows its parent.
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        return next(context);
    });
}
