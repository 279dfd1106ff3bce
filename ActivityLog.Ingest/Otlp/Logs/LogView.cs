using ActivityLog.Ingest.Otlp.Attributes;
using OpenTelemetry.Proto.Logs.V1;

namespace ActivityLog.Ingest.Otlp.Logs;

/// <summary>A log record but for its attributes, free of how it was decoded.</summary>
internal ref struct LogView()
{
    public ulong TimeUnixNano { get; set; }

    public ulong ObservedTimeUnixNano { get; set; }

    public int SeverityNumber { get; set; }

    public string SeverityText { get; set; } = "";

    public string EventName { get; set; } = "";

    public AttributeValue Body { get; set; }

    public uint Flags { get; set; }

    public uint DroppedAttributes { get; set; }

    public ReadOnlySpan<byte> TraceId { get; set; }

    public ReadOnlySpan<byte> SpanId { get; set; }

    public static LogView Of(LogRecord log) => new()
    {
        TimeUnixNano = log.TimeUnixNano,
        ObservedTimeUnixNano = log.ObservedTimeUnixNano,
        SeverityNumber = log.SeverityNumber,
        SeverityText = log.SeverityText,
        EventName = log.EventName,
        Body = AnyValues.Read(log.Body),
        Flags = log.Flags,
        DroppedAttributes = log.DroppedAttributesCount,
        TraceId = log.TraceId.Span,
        SpanId = log.SpanId.Span,
    };
}
