using System.Net;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Hosting.Telemetry;

/// <summary>Who may read <c>/metrics</c>: the machine itself, and whom an option names. For anybody else there is nothing.</summary>
internal sealed class MetricsAccess(IOptions<TelemetryOptions> options)
{
    // Told by a proxy that isn't trusted, or left over by one that is: then the address is not that of who asks.
    private static readonly string[] s_forwarded = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via"];

    private readonly IReadOnlyList<IPNetwork> _readers = options.Value.MetricsReaders;

    /// <summary>Whether whoever sent this request may.</summary>
    public bool Allows(HttpContext context)
    {
        if (_readers.Any(static network => network.PrefixLength == 0))
        {
            return true;
        }

        if (context.Connection.RemoteIpAddress is not { } address || s_forwarded.Any(context.Request.Headers.ContainsKey))
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        // What a trusted proxy passes on didn't come from this machine, whatever it says.
        var isDirect = !context.Request.Headers.ContainsKey("X-Original-For");
        return (isDirect && IPAddress.IsLoopback(address)) || _readers.Any(network => network.Contains(address));
    }
}
