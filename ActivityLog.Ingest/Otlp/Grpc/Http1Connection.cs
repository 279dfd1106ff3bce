using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>A connection that one endpoint hands over to another: the same, but for what each keeps with it.</summary>
internal sealed class Http1Connection : ConnectionContext
{
    private readonly ConnectionContext _connection;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Http1Connection(ConnectionContext connection)
    {
        _connection = connection;
        ConnectionId = connection.ConnectionId;
        Items = connection.Items;
        Transport = connection.Transport;
        Features = new FeatureCollection(connection.Features);
        Features.Set(this);
    }

    /// <summary>Ends when nobody needs the connection any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether a request came that could be read.</summary>
    public bool HasRequest { get; set; }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; }

    public override IDictionary<object, object?> Items { get; set; }

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed => _connection.ConnectionClosed;

    public override EndPoint? LocalEndPoint => _connection.LocalEndPoint;

    public override EndPoint? RemoteEndPoint => _connection.RemoteEndPoint;

    public override void Abort(ConnectionAbortedException abortReason) => _connection.Abort(abortReason);

    // Whoever handed it over closes it.
    public override ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        return base.DisposeAsync();
    }
}
