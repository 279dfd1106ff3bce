using System.Collections.Concurrent;
using System.Net;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Hosting.Telemetry;

/// <summary>Takes what is sent to it over OTLP/HTTP, and makes no traces of its own.</summary>
internal sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, string? Header, byte[] Body)> _requests = [];

    public OtlpCollector()
    {
        Endpoint = $"http://127.0.0.1:{FreePort.Find()}";
        _listener.Prefixes.Add(Endpoint + "/");
        _listener.Start();
        _ = TakeAsync();
    }

    public string Endpoint { get; }

    /// <summary>What came so far: its path, the header <c>x-key</c>, its body.</summary>
    public IReadOnlyCollection<(string Path, string? Header, byte[] Body)> Requests => _requests;

    public void Dispose() => _listener.Close();

    private async Task TakeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            _requests.Enqueue((context.Request.Url!.AbsolutePath, context.Request.Headers["x-key"], body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
    }
}
