using System.Text.Json;
using ActivityLog.Ingest.Otlp.Json;
using ActivityLog.Ingest.Otlp.Logs;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Ingest.Otlp.Metrics;
using ActivityLog.Ingest.Otlp.Protobuf;
using ActivityLog.Ingest.Otlp.Traces;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace ActivityLog.Ingest.Otlp;

/// <summary>
/// Turns a request's content into messages and points. How a signal is decoded is decided here: logs and traces in protobuf, which is what there is most of, are read
/// where they lie; all else by the generated classes.
/// </summary>
internal static class OtlpRequest
{
    /// <summary>Deepest nesting of JSON.</summary>
    public const int MaxJsonDepth = 256;

    private static readonly MessageParser<ExportLogsServiceRequest> s_logs = ExportLogsServiceRequest.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<ExportTraceServiceRequest> s_traces = ExportTraceServiceRequest.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<ExportMetricsServiceRequest> s_metrics = ExportMetricsServiceRequest.Parser.WithDiscardUnknownFields(true);

    /// <summary>Decodes and maps.</summary>
    /// <exception cref="OtlpDecodeException">The body isn't what its content type says.</exception>
    /// <exception cref="OtlpLimitException">It holds more than a request may.</exception>
    public static MappedTelemetry Map(OtlpSignal signal, ReadOnlySpan<byte> body, OtlpEncoding encoding, MappingContext context, RequestLimits limits)
    {
        var mapped = new MappedTelemetry();
        try
        {
            if (encoding == OtlpEncoding.Protobuf && signal is (OtlpSignal.Logs or OtlpSignal.Traces))
            {
                MapInPlace(signal, body, context, limits, mapped);
            }
            else
            {
                MapGenerated(signal, body, encoding, context, limits, mapped);
            }

            return mapped;
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

    /// <summary>The same by way of the generated classes, whatever the encoding and the signal.</summary>
    public static void MapGenerated(
        OtlpSignal signal, ReadOnlySpan<byte> body, OtlpEncoding encoding, MappingContext context, RequestLimits limits, MappedTelemetry mapped)
    {
        using var record = new RecordAttributes(context, limits);
        switch (signal)
        {
            case OtlpSignal.Logs:
                CheckElements(body, encoding, ExportLogsServiceRequest.Descriptor, limits);
                var logs = Decode(body, encoding, s_logs, LogsJson.ReadRequest).ResourceLogs;
                limits.CheckRecords(logs.Sum(static resource => resource.ScopeLogs.Sum(static scope => (long)scope.LogRecords.Count)));
                new LogRecordMapper(context).Map(logs, record, mapped);
                break;
            case OtlpSignal.Traces:
                CheckElements(body, encoding, ExportTraceServiceRequest.Descriptor, limits);
                var spans = Decode(body, encoding, s_traces, TraceJson.ReadRequest).ResourceSpans;
                limits.CheckRecords(spans.Sum(static resource => resource.ScopeSpans.Sum(static scope => (long)scope.Spans.Count)));
                new SpanMapper(context).Map(spans, record, mapped);
                break;
            default:
                CheckElements(body, encoding, ExportMetricsServiceRequest.Descriptor, limits);
                var metrics = Decode(body, encoding, s_metrics, MetricsJson.ReadRequest).ResourceMetrics;
                mapped.RecordCount = metrics.Sum(static resource => resource.ScopeMetrics.Sum(static scope => scope.Metrics.Sum(MetricMapper.PointCount)));
                limits.CheckRecords(mapped.RecordCount);
                new MetricMapper(context).Map(metrics, record, mapped);
                break;
        }

        mapped.SharedCharacters = record.SharedCharacters;
    }

    /// <summary>Decodes by the generated classes.</summary>
    public static T Decode<T>(ReadOnlySpan<byte> body, OtlpEncoding encoding, MessageParser<T> parser, JsonValues.ReadProperty<T> readJson)
        where T : IMessage<T>, new()
    {
        if (encoding == OtlpEncoding.Protobuf)
        {
            return GeneratedMessage.Parse(parser, body);
        }

        var text = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
        var request = new T();
        reader.Read();
        JsonValues.Object(ref reader, request, readJson);
        // Only white space may follow.
        reader.Read();
        return request;
    }

    private static void MapInPlace(OtlpSignal signal, ReadOnlySpan<byte> body, MappingContext context, RequestLimits limits, MappedTelemetry mapped)
    {
        using var record = new RecordAttributes(context, limits);
        var attributes = new AttributeReader(new ElementBudget(limits));
        IRecordReader records = signal == OtlpSignal.Logs
            ? new LogRecordReader(new LogRecordMapper(context), attributes, record, mapped)
            : new SpanReader(new SpanMapper(context), attributes, record, mapped);
        new RequestReader(attributes, records).Read(body);
        mapped.SharedCharacters = record.SharedCharacters;
    }

    private static void CheckElements(ReadOnlySpan<byte> body, OtlpEncoding encoding, MessageDescriptor request, RequestLimits limits)
    {
        if (ElementCount.IsOver(limits.MaxElements, body, encoding, request))
        {
            throw limits.TooManyElements();
        }
    }
}
