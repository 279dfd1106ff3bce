using System.Globalization;
using ActivityLog.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;

namespace ActivityLog.Tests.CostTruth.Once;

/// <summary>
/// What a version years older would have told of the same work: neither form of a call bears an id of it, and more is left out; with calls beside it that differ in
/// a millisecond, a sequence number or a duration, and in nothing else.
/// </summary>
/// <param name="Delivery">How it arrives.</param>
/// <param name="Texts">Whether every number of an event is a string.</param>
/// <param name="WithoutTraces">Whether events don't say in which span they were made.</param>
/// <param name="WithoutSequence">Whether events aren't numbered, nor say which prompt they belong to.</param>
/// <param name="Copies">Calls beside each.</param>
/// <param name="Shift">Milliseconds by which a span ends after its event, or before it.</param>
public sealed record OlderDelivery(Delivery Delivery, bool Texts, bool WithoutTraces, bool WithoutSequence, int Copies, int Shift)
{
    private static readonly string[] s_ids = ["request_id", "gen_ai.response.id", "tool_use_id", "gen_ai.tool.call.id", "client_request_id", "cost_usd_micros", "query_source", "message.uuid"];
    private static readonly string[] s_places = ["event.sequence", "prompt.id"];
    private static readonly string[] s_doubled = ["claude_code.api_request", "claude_code.api_error", "claude_code.tool_result"];

    /// <summary>What is told.</summary>
    public IReadOnlyList<Piece> Pieces() => [.. Piece.Of(Recording.Load(Delivery.Recording)).SelectMany(Older)];

    private IEnumerable<Piece> Older(Piece piece) => piece.Request switch
    {
        ExportLogsServiceRequest logs => Enumerable.Range(0, 1 + (IsDoubled(logs) ? Copies : 0)).Select(copy => piece with { Request = Older(logs.Clone(), copy) }),
        ExportTraceServiceRequest traces => Enumerable.Range(0, 1 + (IsDoubled(traces) ? Copies : 0)).Select(copy => piece with { Request = Older(traces.Clone(), copy) }),
        _ => [piece],
    };

    private static bool IsDoubled(ExportLogsServiceRequest request) => s_doubled.Contains(request.ResourceLogs[0].ScopeLogs[0].LogRecords[0].Body.StringValue);

    private static bool IsDoubled(ExportTraceServiceRequest request) =>
        request.ResourceSpans[0].ScopeSpans[0].Spans[0].Name is "claude_code.llm_request" or "claude_code.tool";

    private ExportLogsServiceRequest Older(ExportLogsServiceRequest request, int copy)
    {
        var record = request.ResourceLogs[0].ScopeLogs[0].LogRecords[0];
        Remove(record.Attributes, s_ids);
        if (WithoutSequence)
        {
            Remove(record.Attributes, s_places);
        }

        if (WithoutTraces)
        {
            (record.TraceId, record.SpanId) = (ByteString.Empty, ByteString.Empty);
        }

        Differ(record, copy);
        foreach (var attribute in Texts ? record.Attributes : [])
        {
            attribute.Value = new AnyValue { StringValue = Text(attribute.Value) };
        }

        return request;
    }

    // Another time, duration or sequence, by which the sender tells its calls apart.
    private static void Differ(LogRecord record, int copy)
    {
        if (copy == 0)
        {
            return;
        }

        if (record.Attributes.FirstOrDefault(static a => a.Key == "event.sequence") is { } sequence && copy % 3 == 1)
        {
            sequence.Value = new AnyValue { IntValue = 10_000 + sequence.Value.IntValue };
        }
        else if (record.Attributes.FirstOrDefault(static a => a.Key == "duration_ms") is { } duration && copy % 3 == 2)
        {
            duration.Value = new AnyValue { StringValue = Text(duration.Value) + "0" };
        }
        else
        {
            record.TimeUnixNano += (ulong)copy * 1_000_000;
        }
    }

    private ExportTraceServiceRequest Older(ExportTraceServiceRequest request, int copy)
    {
        var span = request.ResourceSpans[0].ScopeSpans[0].Spans[0];
        Remove(span.Attributes, s_ids);
        (span.StartTimeUnixNano, span.EndTimeUnixNano) = (Shifted(span.StartTimeUnixNano), Shifted(span.EndTimeUnixNano));
        var id = span.SpanId.ToByteArray();
        id[0] ^= (byte)copy;
        span.SpanId = ByteString.CopyFrom(id);
        return request;
    }

    private ulong Shifted(ulong nanoseconds) => (ulong)((long)nanoseconds + (Shift * 1_000_000L));

    private static void Remove(RepeatedField<KeyValue> attributes, string[] keys)
    {
        foreach (var attribute in attributes.Where(attribute => keys.Contains(attribute.Key)).ToList())
        {
            attributes.Remove(attribute);
        }
    }

    private static string Text(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString("R", CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        _ => value.StringValue,
    };

    /// <summary>Generates them.</summary>
    public static class Any
    {
        public static Arbitrary<OlderDelivery> OlderDelivery() => Arb.From(
            from delivery in Delivery.Any.Delivery().Generator
            // Without sessions nothing at all joins the forms of a call: no version of Claude Code left out both them and the ids.
            where delivery.Recording != "json-options"
            from texts in Gen.Elements(true, false)
            from withoutTraces in Gen.Elements(true, false)
            from withoutSequence in Gen.Elements(true, false)
            from copies in Gen.Choose(0, 4)
            from shift in Gen.Choose(-50, 50)
            select new OlderDelivery(delivery, texts, withoutTraces, withoutSequence, copies, shift));
    }
}
