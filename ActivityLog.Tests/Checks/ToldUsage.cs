using System.Globalization;
using ActivityLog.Tests.CostTruth.Once;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace ActivityLog.Tests.Checks;

/// <summary>What pieces tell of calls, counted one by one without the product: once by events, once by spans.</summary>
/// <param name="Events">By events of calls.</param>
/// <param name="Spans">By spans of calls that didn't fail.</param>
internal sealed record ToldUsage(UsageTotals Events, UsageTotals Spans)
{
    private static readonly UsageTotals s_none = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Counts them; what is equal in all its content is one.</summary>
    public static ToldUsage Of(IEnumerable<Piece> pieces)
    {
        var told = pieces.DistinctBy(static piece => (piece.Signal, piece.Request.ToByteString())).ToList();
        return new(
            Sum(told.Where(IsCallEvent).Select(static piece => Attributes(piece))),
            Sum(told.Where(IsCallSpan).Select(static piece => Attributes(piece))));
    }

    /// <summary>Whether it is the event of a call.</summary>
    public static bool IsCallEvent(Piece piece) =>
        piece.Request is ExportLogsServiceRequest logs && logs.ResourceLogs[0].ScopeLogs[0].LogRecords[0].Body.StringValue == "claude_code.api_request";

    /// <summary>Whether it is the span of a call that came to an end.</summary>
    public static bool IsCallSpan(Piece piece) =>
        piece.Request is ExportTraceServiceRequest traces && traces.ResourceSpans[0].ScopeSpans[0].Spans[0].Name == "claude_code.llm_request"
        && Number(Attributes(piece), "output_tokens") > 0;

    /// <summary>The number that an event has in its session.</summary>
    public static long? Sequence(Piece piece) =>
        piece.Request is ExportLogsServiceRequest ? Attributes(piece).FirstOrDefault(static a => a.Key == "event.sequence")?.Value.IntValue : null;

    /// <summary>The person.</summary>
    public static string User(Piece piece) => Resource(piece).Attributes.Single(static a => a.Key == "user.name").Value.StringValue;

    private static Resource Resource(Piece piece) => piece.Request switch
    {
        ExportLogsServiceRequest logs => logs.ResourceLogs[0].Resource,
        ExportTraceServiceRequest traces => traces.ResourceSpans[0].Resource,
        _ => ((ExportMetricsServiceRequest)piece.Request).ResourceMetrics[0].Resource,
    };

    private static RepeatedField<KeyValue> Attributes(Piece piece) => piece.Request switch
    {
        ExportLogsServiceRequest logs => logs.ResourceLogs[0].ScopeLogs[0].LogRecords[0].Attributes,
        ExportTraceServiceRequest traces => traces.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes,
        _ => ((ExportMetricsServiceRequest)piece.Request).ResourceMetrics[0].ScopeMetrics[0].Metrics[0].Sum.DataPoints[0].Attributes,
    };

    private static UsageTotals Sum(IEnumerable<RepeatedField<KeyValue>> calls) => calls.Aggregate(s_none, static (sum, call) => sum + new UsageTotals(
        1, (long)Number(call, "input_tokens"), (long)Number(call, "output_tokens"), (long)Number(call, "cache_read_tokens"), (long)Number(call, "cache_creation_tokens"),
        (long)decimal.Round(Number(call, "cost_usd") * 1_000_000_000m, MidpointRounding.ToEven), 0));

    private static decimal Number(RepeatedField<KeyValue> attributes, string key) => attributes.FirstOrDefault(a => a.Key == key)?.Value switch
    {
        null => 0,
        { ValueCase: AnyValue.ValueOneofCase.IntValue } value => value.IntValue,
        { ValueCase: AnyValue.ValueOneofCase.DoubleValue } value => decimal.Parse(value.DoubleValue.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture),
        var value => decimal.Parse(value.StringValue, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
