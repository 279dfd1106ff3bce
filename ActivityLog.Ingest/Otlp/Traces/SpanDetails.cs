using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ActivityLog.Ingest.Otlp.Attributes;
using ActivityLog.Ingest.Otlp.Mapping;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Ingest.Otlp.Traces;

/// <summary>What a span has beside attributes, kept in the metadata under names of its own.</summary>
internal static class SpanDetails
{
    private const ulong EventSeed = 1;
    private const ulong LinkSeed = 2;

    public static void Add(RecordAttributes record, in SpanView span, int bodyCharacters)
    {
        if (span.Kind is > Span.Types.SpanKind.Internal and <= Span.Types.SpanKind.Consumer)
        {
            record.Add("span.kind", AttributeValue.Text(span.Kind.ToString().ToLowerInvariant()));
        }

        if (span.TraceState.Length > 0)
        {
            record.Add("span.trace_state", AttributeValue.Text(TextRules.Repair(span.TraceState)));
        }

        if (span.Events.Count > 0)
        {
            record.Add("span.events", AttributeValue.Json(EventsJson(span.Events, bodyCharacters)));
        }

        if (span.Links.Count > 0)
        {
            record.Add("span.links", AttributeValue.Json(LinksJson(span.Links, bodyCharacters)));
        }
    }

    /// <summary>The hash with all of a span that stands beside attributes, ids and times; the same hash where there is nothing of that.</summary>
    public static ulong Hash(ulong hash, in SpanView span)
    {
        if (span.TraceState.Length > 0 || (span.Flags | span.DroppedAttributes | span.DroppedEvents | span.DroppedLinks) != 0)
        {
            hash = ContentHash.Of([hash, ContentHash.Of(span.TraceState), span.Flags, span.DroppedAttributes, span.DroppedEvents, span.DroppedLinks]);
        }

        foreach (var spanEvent in span.Events)
        {
            hash = ContentHash.Of(
                [hash, EventSeed, spanEvent.TimeUnixNano, ContentHash.Of(spanEvent.Name), HashOf(spanEvent.Attributes), spanEvent.DroppedAttributesCount]);
        }

        foreach (var link in span.Links)
        {
            hash = ContentHash.Of(
            [
                hash,
                LinkSeed,
                ContentHash.Of(link.TraceId.Span),
                ContentHash.Of(link.SpanId.Span),
                ContentHash.Of(link.TraceState),
                HashOf(link.Attributes),
                link.DroppedAttributesCount,
                link.Flags,
            ]);
        }

        return hash;
    }

    // The same in whatever order they came.
    private static ulong HashOf(IEnumerable<KeyValue> attributes)
    {
        var hash = 0UL;
        foreach (var (name, value) in AnyValues.ReadAll(attributes))
        {
            hash += value.Hash(name.OfRecordHash);
        }

        return hash;
    }

    private static string EventsJson(IReadOnlyList<Span.Types.Event> events, int bodyCharacters) => WriteArray(json =>
    {
        foreach (var spanEvent in events)
        {
            json.WriteStartObject();
            json.WriteString("name", TextRules.Repair(spanEvent.Name));
            json.WriteString("timeUnixNano", spanEvent.TimeUnixNano.ToString(CultureInfo.InvariantCulture));
            // What became the body isn't kept twice.
            WriteAttributes(json, spanEvent.Attributes, ToolOutput.NameIn(spanEvent), bodyCharacters);
            json.WriteEndObject();
        }
    });

    private static string LinksJson(IReadOnlyList<Span.Types.Link> links, int bodyCharacters) => WriteArray(json =>
    {
        foreach (var link in links)
        {
            json.WriteStartObject();
            json.WriteString("traceId", Convert.ToHexStringLower(link.TraceId.Span));
            json.WriteString("spanId", Convert.ToHexStringLower(link.SpanId.Span));
            WriteAttributes(json, link.Attributes, null, bodyCharacters);
            json.WriteEndObject();
        }
    });

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<KeyValue> attributes, string? without, int bodyCharacters)
    {
        json.WriteStartObject("attributes");
        foreach (var (name, value) in AnyValues.ReadAll(attributes))
        {
            if (name.Text != without)
            {
                json.WritePropertyName(name.Json);
                value.Cut(bodyCharacters, out _).WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static string WriteArray(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, AnyValues.JsonOptions))
        {
            json.WriteStartArray();
            write(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
