using System.Text.Json;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Otlp;

public sealed class EncodingTests
{
    public static TheoryData<string> Recordings => Recording.Theory;

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Map_TheSameContentInBothEncodings_IsTheSame(string name)
    {
        foreach (var request in Recording.Load(name).Requests)
        {
            var signal = Mapped.Signal(request);
            var decoded = Mapped.Decode(request);

            var protobuf = Mapped.Of(signal, decoded);
            var json = Mapped.OfJson(signal, OtlpJson.Of(decoded));

            Text(json).ShouldBe(Text(protobuf), request.Body);
        }
    }

    [Fact]
    public void Detect_EachRecordedRequest_IsItsSignal()
    {
        foreach (var request in new[] { "protobuf", "json" }.SelectMany(static name => Recording.Load(name).Requests))
        {
            SignalDetector.Detect(Mapped.Body(request), Mapped.Encoding(request)).ShouldBe(Mapped.Signal(request), request.Body);
        }
    }

    [Fact]
    public void Map_JsonWithEverythingOtherwise_IsRead()
    {
        var json = """
            {"unknown":[{}],"resourceLogs":[{"resource":null,"scopeLogs":[{"scope":{"name":"s"},"logRecords":[
              {"timeUnixNano":1795348800000000000,"severityNumber":"17","traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"00f067aa0ba902b7","body":{"stringValue":"a\ud800b"},
               "attributes":[{"key":"int","value":{"intValue":"12"}},{"key":"number","value":{"intValue":12}},{"key":"double","value":{"doubleValue":"NaN"}},
                 {"key":"nothing"},{"key":"empty","value":{}},{"key":"bytes","value":{"bytesValue":"AQI="}},{"key":"null","value":null}]},
              {"traceId":"no hex","body":null}]}]}]}
            """u8.ToArray();

        var messages = Mapped.OfJson(OtlpSignal.Logs, json).Messages;

        messages.Count.ShouldBe(2);
        messages[0].Level.ShouldBe(Core.Messages.MessageLevel.Error);
        messages[0].OccurredAt.ShouldBe(Build.NoonTime);
        messages[0].SpanId.ShouldBe(0x00f067aa0ba902b7);
        messages[0].Body.ShouldBe("a\uFFFDb");
        messages[1].TraceId.ShouldBeNull();
        messages[1].OccurredAt.ShouldBe(Mapped.ReceivedAt);
        var metadata = Build.Metadata(messages[0]);
        metadata["int"].GetInt64().ShouldBe(12);
        metadata["number"].GetInt64().ShouldBe(12);
        metadata["double"].GetString().ShouldBe("NaN");
        metadata["nothing"].ValueKind.ShouldBe(JsonValueKind.Null);
        metadata["bytes"].GetString().ShouldBe("AQI=");
    }

    [Theory]
    [InlineData("""{"\ud800":1,"resourceLogs":[{"\udc00\ud800":{},"scopeLogs":[{"logRecords":[{"\ud800ey":"x","body":{"boolValue":true,"\ud83d":[]}}]}]}]}""")]
    [InlineData("""{"resource\u004cogs":[{"scope\u004cogs":[{"logRecords":[{}]}]}]}""")]
    public void Map_JsonWithNamesThatAreEscapedOrNoText_ReadsTheRest(string json)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(json);

        SignalDetector.Detect(body, OtlpEncoding.Json).ShouldBe(OtlpSignal.Logs);
        Mapped.OfJson(OtlpSignal.Logs, body).Messages.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Metrics", "0AA0010AFFFFFFFF07")]
    [InlineData("Metrics", "0AA0010AFFFFFFFF0F")]
    [InlineData("Logs", "0AA0010AFFFFFFFF07")]
    [InlineData("Logs", "0A10120E120C320A12082A060AFFFFFFFF07")]
    [InlineData("Traces", "0AA0010AFFFFFFFF07")]
    public void Map_ProtobufWithALengthThatOverflows_CantBeDecoded(string signal, string hex) =>
        Should.Throw<OtlpDecodeException>(() => Mapped.Map(Enum.Parse<OtlpSignal>(signal), Convert.FromHexString(hex), OtlpEncoding.Protobuf));

    private static string Text(MappedTelemetry mapped) => JsonSerializer.Serialize(mapped);
}
