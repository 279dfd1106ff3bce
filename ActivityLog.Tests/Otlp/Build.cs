using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Tests.Otlp;

/// <summary>Builds requests of one record: attributes are name and value in turn.</summary>
internal static class Build
{
    public const ulong Noon = 1_795_348_800_000_000_000;

    public static readonly DateTime NoonTime = DateTime.UnixEpoch.AddTicks((long)(Noon / 100));

    public static KeyValue[] Attributes(params object[] namesAndValues) =>
        [.. namesAndValues.Chunk(2).Select(static pair => new KeyValue { Key = (string)pair[0], Value = Value(pair[1]) })];

    public static AnyValue Value(object value) => value switch
    {
        string text => new() { StringValue = text },
        int number => new() { IntValue = number },
        long number => new() { IntValue = number },
        double number => new() { DoubleValue = number },
        bool truth => new() { BoolValue = truth },
        byte[] bytes => new() { BytesValue = ByteString.CopyFrom(bytes) },
        object[] items => new() { ArrayValue = new() { Values = { items.Select(Value) } } },
        _ => (AnyValue)value,
    };

    public static ExportLogsServiceRequest Logs(KeyValue[] resource, string scope, LogRecord log) => new()
    {
        ResourceLogs =
        {
            new ResourceLogs
            {
                Resource = new Resource { Attributes = { resource } },
                ScopeLogs = { new ScopeLogs { Scope = new() { Name = scope }, LogRecords = { log } } },
            },
        },
    };

    public static ExportTraceServiceRequest Spans(KeyValue[] resource, string scope, Span span) => new()
    {
        ResourceSpans =
        {
            new ResourceSpans
            {
                Resource = new Resource { Attributes = { resource } },
                ScopeSpans = { new ScopeSpans { Scope = new() { Name = scope }, Spans = { span } } },
            },
        },
    };

    /// <summary>An event of Claude Code.</summary>
    public static LogRecord Event(string name, params object[] attributes) => new()
    {
        TimeUnixNano = Noon,
        Body = Value("claude_code." + name),
        Attributes = { Attributes(["event.name", name, .. attributes]) },
    };

    /// <summary>A span of a second.</summary>
    public static Span Span(string name, params object[] attributes) => new()
    {
        TraceId = ByteString.CopyFrom(Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")),
        SpanId = ByteString.CopyFrom(Convert.FromHexString("00f067aa0ba902b7")),
        Name = name,
        StartTimeUnixNano = Noon,
        EndTimeUnixNano = Noon + 1_000_000_000,
        Attributes = { Attributes(attributes) },
    };

    /// <summary>Own and shared attributes together, as a reader sees them.</summary>
    public static Dictionary<string, JsonElement> Metadata(Message message) => Metadata(message.Attributes, message.Metadata);

    public static Dictionary<string, JsonElement> Metadata(MetricPoint point) => Metadata(point.Attributes, point.Metadata);

    private static Dictionary<string, JsonElement> Metadata(AttributeSet shared, string own)
    {
        var all = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(shared.Json)!;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(own)!)
        {
            all[name] = value;
        }

        return all;
    }
}
