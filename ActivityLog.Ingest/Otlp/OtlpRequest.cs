using System.Text.Json;
using ActivityLog.Ingest.Otlp.Json;
using ActivityLog.Ingest.Otlp.Logs;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Ingest.Otlp.Metrics;
using ActivityLog.Ingest.Otlp.Traces;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace ActivityLog.Ingest.Otlp;

/// <summary>A decoded request. How a signal is decoded, by generated classes or otherwise, is decided here.</summary>
internal sealed class OtlpRequest
{
    /// <summary>Deepest nesting of JSON.</summary>
    public const int MaxJsonDepth = 256;

    private static readonly MessageParser<ExportLogsServiceRequest> s_logs = ExportLogsServiceRequest.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<ExportTraceServiceRequest> s_traces = ExportTraceServiceRequest.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<ExportMetricsServiceRequest> s_metrics = ExportMetricsServiceRequest.Parser.WithDiscardUnknownFields(true);

    private readonly Action<MappingContext, MappedTelemetry> _map;

    private OtlpRequest(long recordCount, Action<MappingContext, MappedTelemetry> map)
    {
        RecordCount = recordCount;
        _map = map;
    }

    /// <summary>Log records, spans or data points in it.</summary>
    public long RecordCount { get; }

    /// <summary>Whether the body holds more records, attributes and values than the limit.</summary>
    /// <exception cref="OtlpDecodeException">The body isn't what its content type says.</exception>
    public static bool HasMoreElementsThan(int limit, OtlpSignal signal, ReadOnlySpan<byte> body, OtlpEncoding encoding)
    {
        try
        {
            return ElementCount.IsOver(limit, body, encoding, signal switch
            {
                OtlpSignal.Logs => ExportLogsServiceRequest.Descriptor,
                OtlpSignal.Traces => ExportTraceServiceRequest.Descriptor,
                _ => ExportMetricsServiceRequest.Descriptor,
            });
        }
        catch (JsonException e)
        {
            throw new OtlpDecodeException($"the JSON can't be read: {e.Message}", e);
        }
    }

    /// <exception cref="OtlpDecodeException">The body isn't what its content type says.</exception>
    public static OtlpRequest Decode(OtlpSignal signal, ReadOnlySpan<byte> body, OtlpEncoding encoding)
    {
        switch (signal)
        {
            case OtlpSignal.Logs:
                var logs = Decode(body, encoding, s_logs, LogsJson.ReadRequest).ResourceLogs;
                return new(
                    logs.Sum(static resource => resource.ScopeLogs.Sum(static scope => (long)scope.LogRecords.Count)),
                    (context, mapped) => new LogRecordMapper(context).Map(logs, mapped));
            case OtlpSignal.Traces:
                var spans = Decode(body, encoding, s_traces, TraceJson.ReadRequest).ResourceSpans;
                return new(
                    spans.Sum(static resource => resource.ScopeSpans.Sum(static scope => (long)scope.Spans.Count)),
                    (context, mapped) => new SpanMapper(context).Map(spans, mapped));
            default:
                var metrics = Decode(body, encoding, s_metrics, MetricsJson.ReadRequest).ResourceMetrics;
                return new(
                    metrics.Sum(static resource => resource.ScopeMetrics.Sum(static scope => scope.Metrics.Sum(MetricMapper.PointCount))),
                    (context, mapped) => new MetricMapper(context).Map(metrics, mapped));
        }
    }

    /// <summary>Maps what is in it.</summary>
    public MappedTelemetry Map(MappingContext context)
    {
        var mapped = new MappedTelemetry { RecordCount = RecordCount };
        _map(context, mapped);
        return mapped;
    }

    /// <exception cref="OtlpDecodeException">The body isn't what its content type says.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> body, OtlpEncoding encoding, MessageParser<T> parser, JsonValues.ReadProperty<T> readJson)
        where T : IMessage<T>, new()
    {
        try
        {
            return encoding == OtlpEncoding.Protobuf ? parser.ParseFrom(body) : DecodeJson(body, readJson);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new OtlpDecodeException($"the protobuf can't be read: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new OtlpDecodeException($"the JSON can't be read: {e.Message}", e);
        }
    }

    private static T DecodeJson<T>(ReadOnlySpan<byte> body, JsonValues.ReadProperty<T> readJson)
        where T : new()
    {
        var text = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
        var request = new T();
        reader.Read();
        JsonValues.Object(ref reader, request, readJson);
        // Only white space may follow.
        reader.Read();
        return request;
    }
}
