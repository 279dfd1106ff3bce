using System.Security.Cryptography;

namespace ActivityLog.Web.Hosting;

/// <summary>Headers that keep a browser from loading, framing or guessing what it shouldn't.</summary>
internal static class SecurityHeaders
{
    private static readonly object s_nonceKey = new();

    public static IApplicationBuilder UseSecurityHeaders(this WebApplication app)
    {
        // `dotnet watch` talks to the browser over a port of its own.
        var connect = app.Environment.IsDevelopment() ? "'self' http://localhost:* ws://localhost:*" : "'self'";
        return app.Use(async (context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                if (context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
                {
                    headers.XFrameOptions = "DENY";
                    headers.ContentSecurityPolicy = PagePolicy(Nonce(context), connect);
                }

                return Task.CompletedTask;
            });
            await next(context);
        });
    }

    /// <summary>Bears the permission to run an inline script of this answer (the import map).</summary>
    public static string Nonce(HttpContext context)
    {
        if (context.Items[s_nonceKey] is not string nonce)
        {
            context.Items[s_nonceKey] = nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        }

        return nonce;
    }

    // The charts and virtualized lists set styles inline.
    private static string PagePolicy(string nonce, string connect) =>
        $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
        $"connect-src {connect}; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
}
