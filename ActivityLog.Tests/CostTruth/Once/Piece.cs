using System.IO.Compression;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Json;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace ActivityLog.Tests.CostTruth.Once;

/// <summary>The smallest request there is: one log record, span or data point, with its scope and resource.</summary>
public sealed record Piece(string Signal, IMessage Request)
{
    /// <summary>Everything in a recording, one by one, in the order of its arrival.</summary>
    public static IReadOnlyList<Piece> Of(Recording recording) => [.. recording.Requests.SelectMany(static request =>
    {
        var body = Unpacked(request);
        var encoding = request.Headers["content-type"].Contains("json", StringComparison.Ordinal) ? OtlpEncoding.Json : OtlpEncoding.Protobuf;
        return request.Signal switch
        {
            "logs" => Of(OtlpRequest.Decode(body, encoding, ExportLogsServiceRequest.Parser, LogsJson.ReadRequest)),
            "traces" => Of(OtlpRequest.Decode(body, encoding, ExportTraceServiceRequest.Parser, TraceJson.ReadRequest)),
            _ => Of(OtlpRequest.Decode(body, encoding, ExportMetricsServiceRequest.Parser, MetricsJson.ReadRequest)),
        };
    })];

    /// <summary>The session it says that it is of; null where it says none.</summary>
    public string? Session => (Request switch
    {
        ExportLogsServiceRequest logs => logs.ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes,
        ExportTraceServiceRequest traces => traces.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes,
        _ => ((ExportMetricsServiceRequest)Request).ResourceMetrics[0].ScopeMetrics[0].Metrics[0].Sum.DataPoints[0].Attributes,
    }).FirstOrDefault(static attribute => attribute.Key == "session.id")?.Value.StringValue;

    /// <summary>One request with all of these.</summary>
    public static byte[] Join(IEnumerable<Piece> pieces)
    {
        // Requests that follow one another are, to protobuf, one request.
        using var joined = new MemoryStream();
        foreach (var piece in pieces)
        {
            piece.Request.WriteTo(joined);
        }

        return joined.ToArray();
    }

    private static IEnumerable<Piece> Of(ExportLogsServiceRequest request) =>
        from resource in request.ResourceLogs
        from scope in resource.ScopeLogs
        from record in scope.LogRecords
        select new Piece("logs", new ExportLogsServiceRequest
        {
            ResourceLogs = { new OpenTelemetry.Proto.Logs.V1.ResourceLogs { Resource = resource.Resource, ScopeLogs = { new OpenTelemetry.Proto.Logs.V1.ScopeLogs { Scope = scope.Scope, LogRecords = { record } } } } },
        });

    private static IEnumerable<Piece> Of(ExportTraceServiceRequest request) =>
        from resource in request.ResourceSpans
        from scope in resource.ScopeSpans
        from span in scope.Spans
        select new Piece("traces", new ExportTraceServiceRequest
        {
            ResourceSpans = { new OpenTelemetry.Proto.Trace.V1.ResourceSpans { Resource = resource.Resource, ScopeSpans = { new OpenTelemetry.Proto.Trace.V1.ScopeSpans { Scope = scope.Scope, Spans = { span } } } } },
        });

    private static IEnumerable<Piece> Of(ExportMetricsServiceRequest request) =>
        from resource in request.ResourceMetrics
        from scope in resource.ScopeMetrics
        from metric in scope.Metrics
        from point in metric.Sum.DataPoints
        select new Piece("metrics", new ExportMetricsServiceRequest
        {
            ResourceMetrics = { new ResourceMetrics { Resource = resource.Resource, ScopeMetrics = { new ScopeMetrics { Scope = scope.Scope, Metrics = { WithOnly(metric, point) } } } } },
        });

    private static Metric WithOnly(Metric metric, NumberDataPoint point)
    {
        var single = metric.Clone();
        single.Sum.DataPoints.Clear();
        single.Sum.DataPoints.Add(point);
        return single;
    }

    private static byte[] Unpacked(RecordedRequest request)
    {
        if (!request.Headers.ContainsKey("content-encoding"))
        {
            return request.Content.ToArray();
        }

        using var packed = new GZipStream(new MemoryStream(request.Content.ToArray()), CompressionMode.Decompress);
        using var body = new MemoryStream();
        packed.CopyTo(body);
        return body.ToArray();
    }
}
