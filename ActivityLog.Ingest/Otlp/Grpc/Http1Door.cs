using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>
/// Lets connections of the gRPC port be answered in HTTP/1: an endpoint of Kestrel takes one protocol when there is no TLS to agree on it, so these are handed over
/// to a second one, whose connections come from here and not from a socket of its own.
/// </summary>
internal sealed class Http1Door(IConnectionListenerFactory sockets) : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _handedOver = Channel.CreateUnbounded<ConnectionContext>();

    /// <summary>The second endpoint.</summary>
    public EndPoint EndPoint { get; } = new DoorEndPoint();

    /// <summary>Opens the second endpoint, or any other as ever.</summary>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint == EndPoint ? ValueTask.FromResult<IConnectionListener>(this) : sockets.BindAsync(endpoint, cancellationToken);

    /// <summary>Has a connection answered in HTTP/1, to its end.</summary>
    /// <returns>Whether there was a request on it.</returns>
    public async Task<bool> RunAsync(ConnectionContext connection)
    {
        var handedOver = new Http1Connection(connection);
        if (!_handedOver.Writer.TryWrite(handedOver))
        {
            // The server is stopping.
            return true;
        }

        await handedOver.Ended;
        return handedOver.HasRequest;
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _handedOver.Reader.WaitToReadAsync(cancellationToken) && _handedOver.Reader.TryRead(out var connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _handedOver.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private sealed class DoorEndPoint : EndPoint
    {
        public override string ToString() => "HTTP/1 on the gRPC port";
    }
}
