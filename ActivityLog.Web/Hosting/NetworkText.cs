using System.Net;

namespace ActivityLog.Web.Hosting;

/// <summary>Addresses and networks as options have them.</summary>
internal static class NetworkText
{
    /// <summary>Reads <c>10.0.0.5</c>, which is a network of one, or <c>10.0.0.0/8</c>; null for anything else.</summary>
    public static IPNetwork? TryRead(string text) =>
        IPNetwork.TryParse(text, out var network) ? network :
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) :
        null;
}
