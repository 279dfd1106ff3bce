using System.Net;
using System.Net.Sockets;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>Opens connections one after the other and sends each what no sender should: broken HTTP/2, and other protocols.</summary>
internal sealed class ConnectionFuzz(int port, ConnectionFuzzCases cases)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Connections that were opened.</summary>
    public int Count { get; private set; }

    /// <summary>Goes on until a task has ended.</summary>
    /// <returns>Whether every connection was closed by the other side in time.</returns>
    public async Task<bool> SendAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            if (!await IsClosedAsync(cases.Create(Count++)))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> IsClosedAsync(byte[] bytes)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var timeout = new CancellationTokenSource(s_patience);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
            await socket.SendAsync(bytes, timeout.Token);
            socket.Shutdown(SocketShutdown.Send);
            var answer = new byte[4096];
            while (await socket.ReceiveAsync(answer, timeout.Token) > 0)
            {
            }

            return true;
        }
        catch (SocketException)
        {
            // Closed before it was all read, which is as good.
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
