using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>
/// Listens for OTLP/gRPC on a port of its own, over cleartext HTTP/2. It is a second Kestrel beside the web addresses' one: a listener added to that in code
/// would put <c>urls</c> out of force, and this one may fail to find its port without stopping the start.
/// </summary>
internal sealed partial class GrpcServer(
    IServer web, IServiceProvider services, GrpcConnections connections, GrpcExport export, IOptions<OtlpOptions> options, ILoggerFactory loggers, ILogger<GrpcServer> logger)
    : IHostedLifecycleService, IDisposable
{
    private KestrelServer? _server;

    /// <summary>Starts once the web addresses are known.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var port = options.Value.GrpcPort;
        if (port == 0)
        {
            return;
        }

        var http1 = new Http1Door(new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers));
        var server = new KestrelServer(Options.Create(Configure(port, http1)), http1, loggers);
        try
        {
            await server.StartAsync(new GrpcApplication(services.GetRequiredService<IHttpContextFactory>(), Pipeline()), cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            server.Dispose();
            LogNoPort(port, e.Message);
            return;
        }

        _server = server;
        LogListening(string.Join(", ", server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Where(address => !address.EndsWith(http1.EndPoint.ToString()!, StringComparison.Ordinal))));
    }

    /// <summary>Takes no more calls, and lets those that run come to their end.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _server?.Dispose();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private KestrelServerOptions Configure(int port, Http1Door http1)
    {
        var kestrel = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        GrpcHosts.Listen(kestrel, web.Features.Get<IServerAddressesFeature>()?.Addresses ?? [], port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => connection => connections.RunAsync(connection, next, http1));
        });
        kestrel.Listen(http1.EndPoint, static listen => listen.Protocols = HttpProtocols.Http1);
        return kestrel;
    }

    private RequestDelegate Pipeline()
    {
        var pipeline = new ApplicationBuilder(services);
        pipeline.UseForwardedHeaders();
        pipeline.Run(export.RunAsync);
        return pipeline.Build();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "OTLP/gRPC is taken on {Addresses}")]
    private partial void LogListening(string addresses);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "OTLP/gRPC is off, all else works: port {Port} can't be opened ({Reason}). Free it, or set ActivityLog:Otlp:GrpcPort to another port, or to 0 for none")]
    private partial void LogNoPort(int port, string reason);
}
