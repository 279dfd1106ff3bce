using System.Text.Json;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Tests.Support;
using Google.Protobuf;

namespace ActivityLog.Tests.Otlp;

/// <summary>What is read in place is what the generated classes read, byte for byte, and refused where they refuse.</summary>
public sealed class ReadInPlaceTests
{
    public static TheoryData<string> Recordings => Recording.Theory;

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Map_EachRecording_IsWhatTheGeneratedClassesRead(string name)
    {
        foreach (var request in Recording.Load(name).Requests)
        {
            var signal = Mapped.Signal(request);
            var body = Mapped.Decode(request).ToByteArray();

            Verdict(() => Mapped.Map(signal, body, OtlpEncoding.Protobuf)).ShouldBe(Verdict(() => Mapped.Generated(signal, body, OtlpEncoding.Protobuf)), request.Body);
        }
    }

    [Theory]
    [InlineData("protobuf", "Logs")]
    [InlineData("protobuf", "Traces")]
    [InlineData("json-extras", "Logs")]
    [InlineData("json-extras", "Traces")]
    public void Map_MutatedBodies_AreWhatTheGeneratedClassesRead(string name, string signalName)
    {
        var signal = Enum.Parse<OtlpSignal>(signalName);
        const int Seed = 404;
        var random = new Random(Seed);
        // Small ones: more of the bytes that are changed matter.
        var bodies = Recording.Load(name).Requests.Where(request => Mapped.Signal(request) == signal).Select(static request => Mapped.Decode(request).ToByteArray())
            .OrderBy(static body => body.Length).Take(6).ToList();
        var (equal, refused) = (0, 0);
        for (var i = 0; i < 5_500; i++)
        {
            var body = ProtobufMutation.Of(bodies[random.Next(bodies.Count)], random);

            var verdict = Verdict(() => Mapped.Map(signal, body, OtlpEncoding.Protobuf));

            verdict.ShouldBe(Verdict(() => Mapped.Generated(signal, body, OtlpEncoding.Protobuf)), $"seed {Seed}, mutation {i}: {Convert.ToBase64String(body)}");
            (equal, refused) = verdict is null ? (equal, refused + 1) : (equal + 1, refused);
        }

        // Else the mutations would prove nothing.
        equal.ShouldBeGreaterThan(1000);
        refused.ShouldBeGreaterThan(1000);
    }

    private static string? Verdict(Func<MappedTelemetry> map)
    {
        try
        {
            return JsonSerializer.Serialize(map());
        }
        catch (Exception e) when (e is OtlpDecodeException or InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
