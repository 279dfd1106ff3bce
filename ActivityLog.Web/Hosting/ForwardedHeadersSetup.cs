using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Hosting;

/// <summary>Takes the caller's address, scheme and host from the headers of a trusted proxy; without one from nobody's.</summary>
internal sealed class ForwardedHeadersSetup(IOptions<ProxyOptions> proxy) : IConfigureOptions<ForwardedHeadersOptions>
{
    public void Configure(ForwardedHeadersOptions options)
    {
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var network in proxy.Value.Trusted)
        {
            options.KnownIPNetworks.Add(network);
        }

        options.ForwardLimit = null;
        options.ForwardedHeaders = options.KnownIPNetworks.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
    }
}
