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

/// <summary>Decodes a body and maps what is in it. How a signal is decoded, by generated classes or otherwise, is decided here.</summary>
internal static class OtlpRequest
{
    private const int MaxJsonDepth = 256;

    private static readonly MessageParser<ExportLogsServiceRequest> s_logs = ExportLogsServiceRequest.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<ExportTraceServiceRequest> s_traces = ExportTraceServiceRequest.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<ExportMetricsServiceRequest> s_metrics = ExportMetricsServiceRequest.Parser.WithDiscardUnknownFields(true);

    /// <exception cref="OtlpDecodeException">The body isn't what its content type says.</exception>
    public static MappedTelemetry Map(OtlpSignal signal, ReadOnlySpan<byte> body, OtlpEncoding encoding, MappingContext context)
    {
        var mapped = new MappedTelemetry();
        switch (signal)
        {
            case OtlpSignal.Logs:
                new LogRecordMapper(context).Map(Decode(body, encoding, s_logs, LogsJson.ReadRequest).ResourceLogs, mapped);
                break;
            case OtlpSignal.Traces:
                new SpanMapper(context).Map(Decode(body, encoding, s_traces, TraceJson.ReadRequest).ResourceSpans, mapped);
                break;
            default:
                new MetricMapper(context).Map(Decode(body, encoding, s_metrics, MetricsJson.ReadRequest).ResourceMetrics, mapped);
                break;
        }

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
