using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace ActivityLog.Web.Accounts;

/// <summary>Bounds wrong tries (passwords, setup codes) from one address, whatever the account; only what failed counts.</summary>
internal sealed class SignInLimit : IDisposable
{
    /// <summary>Wrong tries that an address has in a <see cref="Window"/>.</summary>
    public const int MaxFailures = 20;

    /// <summary>After this the count begins anew.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int Ipv6NetworkBytes = 8;

    private readonly PartitionedRateLimiter<IPAddress?> _limiter = PartitionedRateLimiter.Create<IPAddress?, string>(static address =>
        RateLimitPartition.GetFixedWindowLimiter(Network(address), static _ => new() { PermitLimit = MaxFailures, Window = Window, QueueLimit = 0 }));

    /// <summary>Whether this address may try again.</summary>
    public bool Allows(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(address, permitCount: 0);
        return lease.IsAcquired;
    }

    /// <summary>Counts a wrong try.</summary>
    public void Failed(IPAddress? address) => _limiter.AttemptAcquire(address).Dispose();

    public void Dispose() => _limiter.Dispose();

    // Who has one IPv6 address has a whole /64 of them.
    private static string Network(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes(), 0, Ipv6NetworkBytes),
        _ => address.MapToIPv4().ToString(),
    };
}
