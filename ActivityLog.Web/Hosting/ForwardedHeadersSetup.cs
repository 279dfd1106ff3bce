using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Hosting;

/// <summary>Takes the caller's address, scheme and host from the headers of a trusted proxy.</summary>
internal static class ForwardedHeadersSetup
{
    public static IApplicationBuilder UseTrustedProxy(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted.ToList();
        if (trusted.Count == 0)
        {
            return app;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var network in trusted)
        {
            options.KnownIPNetworks.Add(network);
        }

        return app.UseForwardedHeaders(options);
    }
}
