using System.IO.Compression;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Json;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace ActivityLog.Tests.Otlp;

/// <summary>Maps requests as the receiver does, without a server.</summary>
internal static class Mapped
{
    public static readonly DateTime ReceivedAt = new(2026, 11, 22, 12, 30, 0, DateTimeKind.Utc);

    public static MappingContext Context(int bodyCharacters = 4096, int maxAttributeCharacters = 1024 * 1024, int systemKey = 1) => new(
        new SendingSystem(systemKey, Guid.Empty, 7, Guid.Empty, "al_test", 30, bodyCharacters), ReceivedAt, maxAttributeCharacters);

    public static MappedTelemetry Of(OtlpSignal signal, IMessage request, MappingContext? context = null) =>
        Map(signal, request.ToByteArray(), OtlpEncoding.Protobuf, context);

    public static MappedTelemetry OfJson(OtlpSignal signal, byte[] json, MappingContext? context = null) =>
        Map(signal, json, OtlpEncoding.Json, context);

    public static MappedTelemetry Of(RecordedRequest request, MappingContext? context = null) =>
        Map(Signal(request), Body(request), Encoding(request), context);

    public static MappedTelemetry Map(OtlpSignal signal, ReadOnlySpan<byte> body, OtlpEncoding encoding, MappingContext? context = null) =>
        OtlpRequest.Map(signal, body, encoding, context ?? Context(), RequestLimits.None);

    /// <summary>The same by the generated classes, which the reader in place must equal.</summary>
    public static MappedTelemetry Generated(OtlpSignal signal, ReadOnlySpan<byte> body, OtlpEncoding encoding)
    {
        var mapped = new MappedTelemetry();
        OtlpRequest.MapGenerated(signal, body, encoding, Context(), RequestLimits.None, mapped);
        return mapped;
    }

    public static OtlpSignal Signal(RecordedRequest request) => Enum.Parse<OtlpSignal>(request.Signal, ignoreCase: true);

    public static OtlpEncoding Encoding(RecordedRequest request) =>
        request.Headers["content-type"] == "application/json" ? OtlpEncoding.Json : OtlpEncoding.Protobuf;

    /// <summary>The body, decompressed.</summary>
    public static byte[] Body(RecordedRequest request)
    {
        if (!request.Headers.ContainsKey("content-encoding"))
        {
            return request.Content.ToArray();
        }

        using var gzip = new GZipStream(new MemoryStream(request.Content.ToArray()), CompressionMode.Decompress);
        using var body = new MemoryStream();
        gzip.CopyTo(body);
        return body.ToArray();
    }

    /// <summary>The request, decoded.</summary>
    public static IMessage Decode(RecordedRequest request) => Signal(request) switch
    {
        OtlpSignal.Logs => OtlpRequest.Decode(Body(request), Encoding(request), ExportLogsServiceRequest.Parser, LogsJson.ReadRequest),
        OtlpSignal.Traces => OtlpRequest.Decode(Body(request), Encoding(request), ExportTraceServiceRequest.Parser, TraceJson.ReadRequest),
        _ => OtlpRequest.Decode(Body(request), Encoding(request), ExportMetricsServiceRequest.Parser, MetricsJson.ReadRequest),
    };
}
