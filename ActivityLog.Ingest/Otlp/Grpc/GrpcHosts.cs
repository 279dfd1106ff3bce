using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>Finds where the gRPC port is opened: on the hosts of the web addresses, so that what is reached from this machine only stays so.</summary>
internal static class GrpcHosts
{
    private const string Localhost = "localhost";

    /// <summary>Listens on the port on each host of these addresses, once.</summary>
    public static void Listen(KestrelServerOptions server, IEnumerable<string> webAddresses, int port, Action<ListenOptions> configure)
    {
        var hosts = webAddresses.Select(static address => BindingAddress.Parse(address))
            .Where(static address => !address.IsUnixPipe && !address.IsNamedPipe)
            .Select(static address => address.Host).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var addresses = hosts.Select(static host => IPAddress.TryParse(host, out var address) ? address : null).OfType<IPAddress>().ToHashSet();

        // Kestrel takes a host that is neither an address nor "localhost" for all of them.
        if (addresses.Contains(IPAddress.IPv6Any) || hosts.Any(static host => host != Localhost && !IPAddress.TryParse(host, out _)))
        {
            server.ListenAnyIP(port, configure);
            return;
        }

        var isLocal = hosts.Count == 0 || hosts.Contains(Localhost);
        if (addresses.Contains(IPAddress.Any))
        {
            // It holds every other address of its family, and so no port of theirs is free beside it.
            addresses.RemoveWhere(static address => address.AddressFamily == IPAddress.Any.AddressFamily && !address.Equals(IPAddress.Any));
            addresses.UnionWith(isLocal ? [IPAddress.IPv6Loopback] : []);
        }
        else if (isLocal)
        {
            addresses.RemoveWhere(IPAddress.IsLoopback);
            server.ListenLocalhost(port, configure);
        }

        foreach (var address in addresses)
        {
            server.Listen(address, port, configure);
        }
    }
}
