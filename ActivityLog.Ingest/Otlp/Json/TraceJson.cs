using System.Text.Json;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Ingest.Otlp.Json;

/// <summary>Reads spans.</summary>
internal static class TraceJson
{
    public static void ReadRequest(ref Utf8JsonReader reader, ExportTraceServiceRequest request)
    {
        if (reader.ValueTextEquals("resourceSpans"u8))
        {
            JsonValues.List<ResourceSpans>(ref reader, request.ResourceSpans, ReadResourceSpans);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadResourceSpans(ref Utf8JsonReader reader, ResourceSpans resource)
    {
        if (reader.ValueTextEquals("resource"u8))
        {
            resource.Resource = JsonValues.Member<Resource>(ref reader, CommonJson.ReadResource);
        }
        else if (reader.ValueTextEquals("scopeSpans"u8))
        {
            JsonValues.List<ScopeSpans>(ref reader, resource.ScopeSpans, ReadScopeSpans);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadScopeSpans(ref Utf8JsonReader reader, ScopeSpans scope)
    {
        if (reader.ValueTextEquals("scope"u8))
        {
            scope.Scope = JsonValues.Member<InstrumentationScope>(ref reader, CommonJson.ReadScope);
        }
        else if (reader.ValueTextEquals("spans"u8))
        {
            JsonValues.List<Span>(ref reader, scope.Spans, ReadSpan);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadSpan(ref Utf8JsonReader reader, Span span)
    {
        if (reader.ValueTextEquals("traceId"u8))
        {
            span.TraceId = JsonValues.Id(ref reader);
        }
        else if (reader.ValueTextEquals("spanId"u8))
        {
            span.SpanId = JsonValues.Id(ref reader);
        }
        else if (reader.ValueTextEquals("parentSpanId"u8))
        {
            span.ParentSpanId = JsonValues.Id(ref reader);
        }
        else if (reader.ValueTextEquals("traceState"u8))
        {
            span.TraceState = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("name"u8))
        {
            span.Name = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("kind"u8))
        {
            span.Kind = (Span.Types.SpanKind)JsonValues.Enum(ref reader, Span.Descriptor.EnumTypes[0]);
        }
        else if (reader.ValueTextEquals("startTimeUnixNano"u8))
        {
            span.StartTimeUnixNano = JsonValues.UInt64(ref reader);
        }
        else if (reader.ValueTextEquals("endTimeUnixNano"u8))
        {
            span.EndTimeUnixNano = JsonValues.UInt64(ref reader);
        }
        else if (reader.ValueTextEquals("attributes"u8))
        {
            JsonValues.List<KeyValue>(ref reader, span.Attributes, CommonJson.ReadKeyValue);
        }
        else if (reader.ValueTextEquals("events"u8))
        {
            JsonValues.List<Span.Types.Event>(ref reader, span.Events, ReadEvent);
        }
        else if (reader.ValueTextEquals("links"u8))
        {
            JsonValues.List<Span.Types.Link>(ref reader, span.Links, ReadLink);
        }
        else if (reader.ValueTextEquals("status"u8))
        {
            span.Status = JsonValues.Member<Status>(ref reader, ReadStatus);
        }
        else if (reader.ValueTextEquals("flags"u8))
        {
            span.Flags = JsonValues.UInt32(ref reader);
        }
        else if (reader.ValueTextEquals("droppedAttributesCount"u8))
        {
            span.DroppedAttributesCount = JsonValues.UInt32(ref reader);
        }
        else if (reader.ValueTextEquals("droppedEventsCount"u8))
        {
            span.DroppedEventsCount = JsonValues.UInt32(ref reader);
        }
        else if (reader.ValueTextEquals("droppedLinksCount"u8))
        {
            span.DroppedLinksCount = JsonValues.UInt32(ref reader);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadEvent(ref Utf8JsonReader reader, Span.Types.Event spanEvent)
    {
        if (reader.ValueTextEquals("timeUnixNano"u8))
        {
            spanEvent.TimeUnixNano = JsonValues.UInt64(ref reader);
        }
        else if (reader.ValueTextEquals("name"u8))
        {
            spanEvent.Name = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("attributes"u8))
        {
            JsonValues.List<KeyValue>(ref reader, spanEvent.Attributes, CommonJson.ReadKeyValue);
        }
        else if (reader.ValueTextEquals("droppedAttributesCount"u8))
        {
            spanEvent.DroppedAttributesCount = JsonValues.UInt32(ref reader);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadLink(ref Utf8JsonReader reader, Span.Types.Link link)
    {
        if (reader.ValueTextEquals("traceId"u8))
        {
            link.TraceId = JsonValues.Id(ref reader);
        }
        else if (reader.ValueTextEquals("spanId"u8))
        {
            link.SpanId = JsonValues.Id(ref reader);
        }
        else if (reader.ValueTextEquals("attributes"u8))
        {
            JsonValues.List<KeyValue>(ref reader, link.Attributes, CommonJson.ReadKeyValue);
        }
        else if (reader.ValueTextEquals("traceState"u8))
        {
            link.TraceState = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("droppedAttributesCount"u8))
        {
            link.DroppedAttributesCount = JsonValues.UInt32(ref reader);
        }
        else if (reader.ValueTextEquals("flags"u8))
        {
            link.Flags = JsonValues.UInt32(ref reader);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadStatus(ref Utf8JsonReader reader, Status status)
    {
        if (reader.ValueTextEquals("message"u8))
        {
            status.Message = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("code"u8))
        {
            status.Code = (Status.Types.StatusCode)JsonValues.Enum(ref reader, Status.Descriptor.EnumTypes[0]);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }
}
