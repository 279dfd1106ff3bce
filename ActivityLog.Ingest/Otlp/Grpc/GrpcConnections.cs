using System.IO.Pipelines;
using System.Net;
using ActivityLog.Ingest.Tokens;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>
/// Looks at what comes first on each connection to the gRPC port. What can't be gRPC would be turned away by the server below without a word to the sender that helps,
/// and without being counted.
/// </summary>
internal sealed class GrpcConnections(OtlpRefuser refuser, TimeProvider clock)
{
    /// <summary>How long a connection may say nothing: as long as the head of a request may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Lets what speaks HTTP/2 through, has HTTP/1 answered, and closes the rest.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate http2, Http1Door http1)
    {
        switch (await ListenAsync(connection))
        {
            case Spoken.Http2:
                await http2(connection);
                break;
            case Spoken.Http1 when !await http1.RunAsync(connection):
                Count(connection, RefusalReasons.Unreadable);
                break;
            case Spoken.Tls:
                Count(connection, RefusalReasons.Tls);
                break;
            case Spoken.Other:
                Count(connection, RefusalReasons.NoHttp);
                break;
        }
    }

    private async Task<Spoken> ListenAsync(ConnectionContext connection)
    {
        using var silence = new CancellationTokenSource(Patience, clock);
        // Not when the other side closes: what it said before is still to be read.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            silence.Token, connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None);
        try
        {
            return await ListenAsync(connection.Transport.Input, end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return Spoken.Nothing;
        }
    }

    private static async Task<Spoken> ListenAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var spoken = read.Buffer.IsEmpty ? null : FirstBytes.Tell(read.Buffer);
            if (spoken is not null || read.IsCompleted)
            {
                // Nothing is taken, and nothing counts as looked at: who reads next gets all of it at once.
                input.AdvanceTo(read.Buffer.Start);
                return spoken ?? Spoken.Nothing;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private void Count(ConnectionContext connection, string reason) =>
        refuser.CountConnection((connection.RemoteEndPoint as IPEndPoint)?.Address, StatusCodes.Status400BadRequest, reason);
}
