using System.Net;
using System.Net.Sockets;

namespace ActivityLog.Tests.Support;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePort
{
    // Below those that the system gives to outgoing connections: one of them could take it before the test does.
    private const int First = 20_000;
    private const int Last = 32_000;

    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
