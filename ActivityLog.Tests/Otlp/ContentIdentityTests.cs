using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp;
using Google.Protobuf;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Tests.Otlp;

/// <summary>A record without an id is known by all of its content, however it is written.</summary>
public sealed class ContentIdentityTests
{
    private static readonly byte[] s_id = [1, 2, 3, 4, 5, 6, 7, 8];

    private static readonly Dictionary<string, Action<Span>> s_spans = new()
    {
        ["nothing"] = static _ => { },
        ["trace state"] = static span => span.TraceState = "a=1",
        ["flags"] = static span => span.Flags = 1,
        ["dropped attributes"] = static span => span.DroppedAttributesCount = 1,
        ["dropped events"] = static span => span.DroppedEventsCount = 1,
        ["dropped links"] = static span => span.DroppedLinksCount = 1,
        ["event"] = static span => span.Events.Add(new Span.Types.Event { Name = "one" }),
        ["event of another name"] = static span => span.Events.Add(new Span.Types.Event { Name = "two" }),
        ["event at a time"] = static span => span.Events.Add(new Span.Types.Event { Name = "one", TimeUnixNano = Build.Noon }),
        ["event with an attribute"] = static span => span.Events.Add(new Span.Types.Event { Name = "one", Attributes = { Build.Attributes("a", 1) } }),
        ["event with another attribute"] = static span => span.Events.Add(new Span.Types.Event { Name = "one", Attributes = { Build.Attributes("a", 2) } }),
        ["event with dropped attributes"] = static span => span.Events.Add(new Span.Types.Event { Name = "one", DroppedAttributesCount = 1 }),
        ["two events"] = static span => span.Events.Add([new Span.Types.Event { Name = "one" }, new Span.Types.Event { Name = "two" }]),
        ["two events in another order"] = static span => span.Events.Add([new Span.Types.Event { Name = "two" }, new Span.Types.Event { Name = "one" }]),
        ["link"] = static span => span.Links.Add(new Span.Types.Link { SpanId = ByteString.CopyFrom(s_id) }),
        ["link with a state"] = static span => span.Links.Add(new Span.Types.Link { SpanId = ByteString.CopyFrom(s_id), TraceState = "a=1" }),
        ["link with flags"] = static span => span.Links.Add(new Span.Types.Link { SpanId = ByteString.CopyFrom(s_id), Flags = 1 }),
        ["link with an attribute"] = static span => span.Links.Add(new Span.Types.Link { SpanId = ByteString.CopyFrom(s_id), Attributes = { Build.Attributes("a", 1) } }),
        ["link with dropped attributes"] = static span => span.Links.Add(new Span.Types.Link { SpanId = ByteString.CopyFrom(s_id), DroppedAttributesCount = 1 }),
    };

    private static readonly Dictionary<string, Action<LogRecord>> s_logs = new()
    {
        ["nothing"] = static _ => { },
        ["flags"] = static log => log.Flags = 1,
        ["other flags"] = static log => log.Flags = 257,
        ["dropped attributes"] = static log => log.DroppedAttributesCount = 1,
    };

    [Fact]
    public void Map_SpansThatDifferInOneThing_AreRowsOfTheirOwn() =>
        s_spans.Values.Select(KeyOf).Distinct().Count().ShouldBe(s_spans.Count);

    [Fact]
    public void Map_LogRecordsThatDifferInOneThing_AreRowsOfTheirOwn() =>
        s_logs.Values.Select(KeyOf).Distinct().Count().ShouldBe(s_logs.Count);

    [Fact]
    public void Map_SpanWithIds_IsKnownByThemWhateverItHolds()
    {
        var later = Build.Span("span");
        later.Events.Add(new Span.Types.Event { Name = "one" });

        KeyOf(later).ShouldBe(KeyOf(Build.Span("span")));
    }

    // The same in JSON, too, as KeyOf proves of all.
    private static MessageKey KeyOf(Action<Span> change)
    {
        var span = new Span { Name = "span", StartTimeUnixNano = Build.Noon, EndTimeUnixNano = Build.Noon + 1 };
        change(span);
        return KeyOf(span);
    }

    private static MessageKey KeyOf(Span span) => KeyOf(OtlpSignal.Traces, Build.Spans([], "scope", span));

    private static MessageKey KeyOf(Action<LogRecord> change)
    {
        var log = new LogRecord { TimeUnixNano = Build.Noon, Body = Build.Value("text") };
        change(log);
        return KeyOf(OtlpSignal.Logs, Build.Logs([], "scope", log));
    }

    private static MessageKey KeyOf(OtlpSignal signal, IMessage request)
    {
        var key = Mapped.Of(signal, request).Messages.ShouldHaveSingleItem().Key;
        Mapped.OfJson(signal, OtlpJson.Of(request)).Messages.ShouldHaveSingleItem().Key.ShouldBe(key);
        Mapped.Generated(signal, request.ToByteArray(), OtlpEncoding.Protobuf).Messages.ShouldHaveSingleItem().Key.ShouldBe(key);
        return key;
    }
}
