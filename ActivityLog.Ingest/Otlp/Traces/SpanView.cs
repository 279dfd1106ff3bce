using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Ingest.Otlp.Traces;

/// <summary>A span but for its attributes, free of how it was decoded. Events and links are few: they come by the generated classes.</summary>
internal ref struct SpanView()
{
    public ReadOnlySpan<byte> TraceId { get; set; }

    public ReadOnlySpan<byte> SpanId { get; set; }

    public ReadOnlySpan<byte> ParentSpanId { get; set; }

    public string TraceState { get; set; } = "";

    public string Name { get; set; } = "";

    public Span.Types.SpanKind Kind { get; set; }

    public ulong StartTimeUnixNano { get; set; }

    public ulong EndTimeUnixNano { get; set; }

    public Status.Types.StatusCode StatusCode { get; set; }

    public string StatusMessage { get; set; } = "";

    public uint Flags { get; set; }

    public uint DroppedAttributes { get; set; }

    public uint DroppedEvents { get; set; }

    public uint DroppedLinks { get; set; }

    public IReadOnlyList<Span.Types.Event> Events { get; set; } = [];

    public IReadOnlyList<Span.Types.Link> Links { get; set; } = [];

    public static SpanView Of(Span span) => new()
    {
        TraceId = span.TraceId.Span,
        SpanId = span.SpanId.Span,
        ParentSpanId = span.ParentSpanId.Span,
        TraceState = span.TraceState,
        Name = span.Name,
        Kind = span.Kind,
        StartTimeUnixNano = span.StartTimeUnixNano,
        EndTimeUnixNano = span.EndTimeUnixNano,
        StatusCode = span.Status?.Code ?? Status.Types.StatusCode.Unset,
        StatusMessage = span.Status?.Message ?? "",
        Flags = span.Flags,
        DroppedAttributes = span.DroppedAttributesCount,
        DroppedEvents = span.DroppedEventsCount,
        DroppedLinks = span.DroppedLinksCount,
        Events = span.Events,
        Links = span.Links,
    };
}
