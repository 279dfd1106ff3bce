using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp.Spool;
using ActivityLog.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace ActivityLog.Web.Hosting;

/// <summary>What people and scripts are answered while the database is away: that it is, rather than an error from somewhere inside.</summary>
internal static class DatabaseAway
{
    private const string RetryAfterSeconds = "5";

    private const string Page =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>The database is away – ActivityLog</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 20vh auto 0; padding: 0 1rem; }
        </style>
        </head>
        <body>
        <main>
        <h1>The database is away</h1>
        <p>ActivityLog can't reach its database just now. {0}</p>
        <p>This page tries again by itself.</p>
        </main>
        </body>
        </html>
        """;

    private const string Kept = "What Claude Code and other senders post meanwhile is kept, and shows here when the database is back.";
    private const string NotKept = "What Claude Code and other senders post meanwhile can't be kept: they are told to try again, and drop what they can't send soon.";

    // What watches the server wants to know above all now.
    private static readonly PathString[] s_watched = ["/health", "/metrics"];

    /// <summary>Answers all but senders and what watches the server at once while the database doesn't answer.</summary>
    public static IApplicationBuilder UseDatabaseAway(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<DatabaseState>();
        return app.UseWhen(
            context => !database.Answers && !ApiErrors.IsOtlp(context.Request.Path) && !s_watched.Any(path => context.Request.Path.StartsWithSegments(path)),
            static branch => branch.Run(WriteAsync));
    }

    /// <summary>Answers 503: a page to a browser, problem details to all else.</summary>
    public static async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        if (!ApiErrors.IsApi(context.Request.Path) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers["Refresh"] = RetryAfterSeconds;
            context.Response.ContentType = "text/html; charset=utf-8";
            var isKept = context.RequestServices.GetRequiredService<ISpoolState>().Current.CanTake;
            await context.Response.WriteAsync(Page.Replace("{0}", isKept ? Kept : NotKept, StringComparison.Ordinal), context.RequestAborted);
            return;
        }

        var problem = new ProblemDetails { Detail = "The database can't be reached or takes no work now. Try again.", Status = context.Response.StatusCode };
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new() { HttpContext = context, ProblemDetails = problem });
    }
}
