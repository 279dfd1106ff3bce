using System.IO.Compression;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Tests.Support;
using Google.Protobuf;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>The requests of a seed: what the real CLI sent, broken; and sound requests among them. Each is made of seed and number alone, so that one can be had again.</summary>
internal sealed class FuzzCases(int seed)
{
    private static readonly Lazy<(OtlpSignal Signal, OtlpEncoding Encoding, byte[] Body)[]> s_recorded = new(static () =>
    [
        .. new[] { "protobuf", "json", "protobuf-extras", "json-cumulative" }.SelectMany(static name => Recording.Load(name).Requests)
            .Select(static request => (Mapped.Signal(request), Mapped.Encoding(request), Mapped.Body(request))),
    ]);

    private static readonly Lazy<(OtlpSignal Signal, byte[] Body)[]> s_protobuf = new(static () =>
        [.. s_recorded.Value.Where(static one => one.Encoding == OtlpEncoding.Protobuf).Select(static one => (one.Signal, one.Body))]);

    /// <summary>What the real CLI sent as protobuf.</summary>
    public static IReadOnlyList<(OtlpSignal Signal, byte[] Body)> RecordedProtobuf => s_protobuf.Value;

    public FuzzCase Create(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        return random.Next(10) < 6 ? Broken(number, random) : Sound(number, random);
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    private static FuzzCase Broken(int number, Random random)
    {
        var (signal, encoding, body) = s_recorded.Value[random.Next(s_recorded.Value.Length)];
        var bytes = BodyMutator.Mutate(body, s_recorded.Value[random.Next(s_recorded.Value.Length)].Body, encoding, random);
        // Sometimes it isn't the content that is broken.
        var isGzip = random.Next(4) == 0;
        if (isGzip)
        {
            bytes = Gzip(bytes);
            bytes = random.Next(2) == 0 ? BodyMutator.Mutate(bytes, body, OtlpEncoding.Protobuf, random) : bytes;
        }

        return new(number, random.Next(20) == 0 ? (OtlpSignal)random.Next(3) : signal, random.Next(30) == 0 ? (OtlpEncoding)random.Next(2) : encoding, isGzip, bytes, IsSound: false);
    }

    private static FuzzCase Sound(int number, Random random)
    {
        var (signal, encoding, isGzip) = ((OtlpSignal)random.Next(3), (OtlpEncoding)random.Next(2), random.Next(4) == 0);
        var request = new OddRecords(random).Request(signal, number);
        var bytes = encoding == OtlpEncoding.Json ? OtlpJson.Of(request) : request.ToByteArray();
        return new(number, signal, encoding, isGzip, isGzip ? Gzip(bytes) : bytes, IsSound: true);
    }
}
