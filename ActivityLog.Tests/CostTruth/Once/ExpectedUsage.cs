using System.Globalization;
using ActivityLog.Tests.Support;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;

namespace ActivityLog.Tests.CostTruth.Once;

/// <summary>What events add up to, counted one by one without the product: where a session has events, they alone count.</summary>
internal sealed record ExpectedUsage(
    IReadOnlyDictionary<string, UsageTotals> Users, IReadOnlyDictionary<string, UsageTotals> Models, IReadOnlyDictionary<string, int> ToolResults, int Errors, int Events,
    int Spans)
{
    public static ExpectedUsage Of(IReadOnlyCollection<Piece> pieces)
    {
        // Equal in all its content is the same record.
        var events = pieces.Select(static piece => piece.Request).OfType<ExportLogsServiceRequest>().DistinctBy(static request => request.ToByteString()).Select(static request =>
        {
            var resource = request.ResourceLogs[0];
            var record = resource.ScopeLogs[0].LogRecords[0];
            var attributes = record.Attributes.ToDictionary(static a => a.Key, static a => a.Value);
            return (Name: record.Body.StringValue, User: resource.Resource.Attributes.Single(static a => a.Key == "user.name").Value.StringValue, Attributes: attributes);
        }).ToList();
        var calls = events.Where(static e => e.Name == "claude_code.api_request").Select(static e => (e.User, Model: e.Attributes["model"].StringValue, Usage: Usage(e.Attributes))).ToList();
        return new(
            calls.GroupBy(static call => call.User).ToDictionary(static user => user.Key, static user => Sum(user.Select(static call => call.Usage))),
            calls.GroupBy(static call => call.Model).ToDictionary(static model => model.Key, static model => Sum(model.Select(static call => call.Usage))),
            events.Where(static e => e.Name == "claude_code.tool_result").CountBy(static e => e.Attributes["tool_name"].StringValue).ToDictionary(),
            events.Count(static e => e.Name == "claude_code.api_error"),
            events.Count,
            pieces.Select(static piece => piece.Request).OfType<ExportTraceServiceRequest>().Select(static request => request.ResourceSpans[0].ScopeSpans[0].Spans[0])
                .DistinctBy(static span => (span.TraceId, span.SpanId)).Count());
    }

    private static UsageTotals Usage(Dictionary<string, AnyValue> attributes)
    {
        var cost = (long)decimal.Round(Number(attributes["cost_usd"]) * 1_000_000_000m, MidpointRounding.ToEven);
        return new(1, Count("input_tokens"), Count("output_tokens"), Count("cache_read_tokens"), Count("cache_creation_tokens"), cost, 0);

        long Count(string name) => (long)Number(attributes[name]);
    }

    private static UsageTotals Sum(IEnumerable<UsageTotals> usages) => usages.Aggregate(new UsageTotals(0, 0, 0, 0, 0, 0, 0), static (sum, usage) => sum + usage);

    private static decimal Number(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.IntValue => value.IntValue,
        AnyValue.ValueOneofCase.DoubleValue => decimal.Parse(value.DoubleValue.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => decimal.Parse(value.StringValue, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
