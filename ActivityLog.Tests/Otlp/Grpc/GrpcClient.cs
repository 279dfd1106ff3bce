using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using ActivityLog.Ingest.Otlp;
using Google.Rpc;

namespace ActivityLog.Tests.Otlp.Grpc;

/// <summary>Calls OTLP/gRPC over cleartext HTTP/2, byte by byte.</summary>
internal sealed class GrpcClient(int port, string? token = FakeTokenStore.Good) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true }) { BaseAddress = new($"http://127.0.0.1:{port}") };

    public static string Path(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        OtlpSignal.Traces => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
        _ => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
    };

    /// <summary>A message behind its flag and length.</summary>
    public static byte[] Frame(byte[] message, byte flag = 0)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public Task<GrpcReply> ExportAsync(OtlpSignal signal, byte[] message) => SendAsync(Path(signal), Frame(message));

    /// <summary>Sends these bytes as a call's content.</summary>
    public async Task<GrpcReply> SendAsync(string path, byte[] body, string contentType = "application/grpc", params (string Name, string Value)[] metadata)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.TE.Add(new("trailers"));
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        foreach (var (name, value) in metadata)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        var end = Header(response.TrailingHeaders, "grpc-status") is null ? (HttpHeaders)response.Headers : response.TrailingHeaders;
        return new(
            (int)response.StatusCode,
            Header(end, "grpc-status") is { } code ? int.Parse(code, CultureInfo.InvariantCulture) : null,
            Uri.UnescapeDataString(Header(end, "grpc-message") ?? ""),
            Header(end, "grpc-status-details-bin") is { } details ? Status.Parser.ParseFrom(Convert.FromBase64String(details)) : null,
            answer.Length == 0 || Header(end, "grpc-status") is null ? null : Unframe(answer));
    }

    public void Dispose() => _http.Dispose();

    private static string? Header(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.Single() : null;

    private static byte[] Unframe(byte[] answer)
    {
        answer[0].ShouldBe((byte)0);
        BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(1)).ShouldBe(answer.Length - 5);
        return answer[5..];
    }
}
