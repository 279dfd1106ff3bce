using ActivityLog.Ingest.Otlp;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>Requests whose bytes are in order and whose records say anything at all, but for the one with the marker.</summary>
internal sealed class OddRecords(Random random)
{
    /// <summary>Name of the attribute, and of the metric, that every sound request has.</summary>
    public const string Marker = "fuzz.marker";

    private static readonly string[] s_names =
    [
        "event.name", "event.timestamp", "event.sequence", "session.id", "prompt.id", "request_id", "tool_use_id", "tool_name", "model", "input_tokens", "output_tokens",
        "cache_read_tokens", "cache_creation_tokens", "cost_usd", "cost_usd_micros", "duration_ms", "ttft_ms", "success", "error", "decision", "query_source", "agent_id", "prompt",
        "user.id", "user.email", "user.name", "service.name", "gen_ai.operation.name", "gen_ai.response.id", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens",
        "gen_ai.input.messages", "llm.token_count.total", "ai.usage.promptTokens", "openinference.span.kind", "time.unusable", "attributes.cut", "", "a\0b", "é\u2028", "a.b.c", "constructor",
    ];

    private static readonly string[] s_words =
    [
        "", "api_request", "tool_result", "user_prompt", "tool_decision", "claude_code.api_request", "claude_code.llm_request", "claude_code.tool", "chat", "execute_tool", "reject", "true",
        "12", "-5", "1e400", "0.1", "NaN", "99999999999999999999999", "req_1", "toolu_1", "2026-11-23T00:00:00Z", "<REDACTED>", "\0", "\uFFFF\u0001\u001B", "\uFEFFx", "😀", "{\"a\":", "[1,2]", "' ; --", "%",
    ];

    private static readonly ulong[] s_times = [0, 1, 1_795_348_800, Build.Noon, Build.Noon + 1, Build.Noon * 2, 946_684_800_000_000_000, long.MaxValue, ulong.MaxValue, 9_223_372_036_854_775_808];

    private static readonly double[] s_doubles = [0, -0.0, 1.5, -3, 1e300, double.MaxValue, double.MinValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly long[] s_longs = [0, 1, -1, 1000, int.MaxValue, long.MaxValue, long.MinValue, 1L << 53];

    public IMessage Request(OtlpSignal signal, int number)
    {
        var odd = random.Next(6);
        var place = random.Next(odd + 1);
        switch (signal)
        {
            case OtlpSignal.Logs:
                var logs = Build.Logs(Attributes(3), Word(), new LogRecord());
                logs.ResourceLogs[0].ScopeLogs[0].LogRecords.Clear();
                logs.ResourceLogs[0].ScopeLogs[0].LogRecords.AddRange(Many(odd, place, Log, Build.Event("marked", Marker, number)));
                return logs;
            case OtlpSignal.Traces:
                var marked = Build.Span("marked", Marker, number);
                marked.SpanId = ByteString.CopyFrom(BitConverter.GetBytes(number + 1L));
                var traces = Build.Spans(Attributes(3), Word(), new Span());
                traces.ResourceSpans[0].ScopeSpans[0].Spans.Clear();
                traces.ResourceSpans[0].ScopeSpans[0].Spans.AddRange(Many(odd, place, Span, marked));
                return traces;
            default:
                var metric = new Metric { Name = Marker, Gauge = new() { DataPoints = { new NumberDataPoint { TimeUnixNano = Build.Noon, AsInt = 1, Attributes = { Build.Attributes(Marker, number) } } } } };
                return new ExportMetricsServiceRequest { ResourceMetrics = { new ResourceMetrics { ScopeMetrics = { new ScopeMetrics { Scope = new() { Name = Word() }, Metrics = { Many(odd, place, Metric, metric) } } } } } };
        }
    }

    private static IEnumerable<T> Many<T>(int odd, int place, Func<T> make, T marked) => Enumerable.Range(0, odd + 1).Select(i => i == place ? marked : make());

    private LogRecord Log() => new()
    {
        TimeUnixNano = Pick(s_times),
        ObservedTimeUnixNano = Pick(s_times),
        SeverityNumber = random.Next(-2, 40),
        SeverityText = Word(),
        Body = random.Next(3) == 0 ? null : Value(4),
        TraceId = Bytes(16),
        SpanId = Bytes(8),
        EventName = Word(),
        Attributes = { Attributes(12) },
    };

    private Span Span() => new()
    {
        TraceId = Bytes(16),
        SpanId = Bytes(8),
        ParentSpanId = Bytes(8),
        Name = Word(),
        Kind = (Span.Types.SpanKind)random.Next(-1, 9),
        StartTimeUnixNano = Pick(s_times),
        EndTimeUnixNano = Pick(s_times),
        Status = random.Next(2) == 0 ? null : new() { Code = (Status.Types.StatusCode)random.Next(-1, 5), Message = Word() },
        Attributes = { Attributes(12) },
        Events = { Enumerable.Range(0, random.Next(3)).Select(_ => new Span.Types.Event { Name = Word(), TimeUnixNano = Pick(s_times), Attributes = { Attributes(3) } }) },
    };

    private Metric Metric()
    {
        var metric = new Metric { Name = Word(), Unit = Word() };
        var temporality = (AggregationTemporality)random.Next(-1, 5);
        switch (random.Next(6))
        {
            case 0:
                metric.Gauge = new() { DataPoints = { Number() } };
                break;
            case 1:
                metric.Sum = new() { AggregationTemporality = temporality, IsMonotonic = random.Next(2) == 0, DataPoints = { Number(), Number() } };
                break;
            case 2:
                metric.Histogram = new() { AggregationTemporality = temporality, DataPoints = { new HistogramDataPoint { StartTimeUnixNano = Pick(s_times), TimeUnixNano = Pick(s_times), Sum = Pick(s_doubles), Count = Pick(s_times), Attributes = { Attributes(4) } } } };
                break;
            case 3:
                metric.ExponentialHistogram = new() { AggregationTemporality = temporality, DataPoints = { new ExponentialHistogramDataPoint { TimeUnixNano = Pick(s_times), Count = Pick(s_times), Attributes = { Attributes(4) } } } };
                break;
            case 4:
                metric.Summary = new() { DataPoints = { new SummaryDataPoint { StartTimeUnixNano = Pick(s_times), TimeUnixNano = Pick(s_times), Sum = Pick(s_doubles), Count = Pick(s_times), Attributes = { Attributes(4) } } } };
                break;
        }

        return metric;
    }

    private NumberDataPoint Number()
    {
        var point = new NumberDataPoint { StartTimeUnixNano = Pick(s_times), TimeUnixNano = Pick(s_times), Flags = (uint)random.Next(3), Attributes = { Attributes(4) } };
        switch (random.Next(3))
        {
            case 0:
                point.AsDouble = Pick(s_doubles);
                break;
            case 1:
                point.AsInt = Pick(s_longs);
                break;
        }

        return point;
    }

    private KeyValue[] Attributes(int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => new KeyValue { Key = Name(), Value = random.Next(8) == 0 ? null : Value(3) })];

    private string Name() => random.Next(20) == 0 ? new string('n', random.Next(5000)) : Pick(s_names);

    private string Word() => random.Next(30) == 0 ? string.Concat(Enumerable.Repeat(Pick(s_words) + "x", random.Next(3000))) : Pick(s_words);

    private AnyValue Value(int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 or 1 => new() { StringValue = Word() },
        2 => new() { IntValue = Pick(s_longs) },
        3 => new() { DoubleValue = Pick(s_doubles) },
        4 => new() { BoolValue = random.Next(2) == 0 },
        5 => new(),
        6 => new() { BytesValue = Bytes(random.Next(40)) },
        7 => new() { ArrayValue = new() { Values = { Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1)) } } },
        _ => new() { KvlistValue = new() { Values = { Enumerable.Range(0, random.Next(4)).Select(_ => new KeyValue { Key = Name(), Value = Value(depth - 1) }) } } },
    };

    private ByteString Bytes(int length)
    {
        var bytes = new byte[random.Next(4) == 0 ? random.Next(length + 4) : length];
        random.NextBytes(bytes);
        return ByteString.CopyFrom(bytes);
    }

    private T Pick<T>(T[] all) => all[random.Next(all.Length)];
}
