using System.Buffers.Binary;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Tests.Otlp.Grpc;
using Google.Protobuf;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>The calls of a seed: what gRPC puts around a message, broken, and messages that are; and sound calls among them. Each is made of seed and number alone.</summary>
internal sealed class GrpcFuzzCases(int seed)
{
    private static readonly string[] s_paths =
        ["/", "/v1/logs", "/opentelemetry.proto.collector.logs.v1.LogsService/", "/opentelemetry.proto.collector.logs.v1.LogsService/export", "/a%2Fb/%ff", "/grpc.health.v1.Health/Check"];

    private static readonly string[] s_contentTypes =
        ["application/grpc+json", "application/grpc-web", "application/grpcx", "application/GRPC", "application/grpc;charset=\"", "application/grpc;", "application/json", "text/html", "*", ";"];

    private static readonly string[] s_encodings = ["zstd", "gzip,gzip", "GZIP", " ", "deflate", "snappy", "\"gzip\"", "identity"];

    private static readonly (string, string)[] s_headers =
    [
        ("grpc-timeout", "1n"), ("grpc-timeout", "99999999H"), ("grpc-timeout", "soon"), ("grpc-timeout", ""), ("odd-bin", "%%%"), ("odd-bin", ""),
        ("grpc-accept-encoding", "gzip,,x"), ("grpc-message-type", "opentelemetry.Nothing"), ("content-encoding", "gzip"), ("x-forwarded-for", "not an address"),
        ("x-forwarded-proto", "gopher"), ("traceparent", "00-zz"), ("x-many", new string('x', 8000)), ("accept", "text/html"), ("expect", "nothing"),
    ];

    public GrpcFuzzCase Create(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        return random.Next(10) < 6 ? Broken(random) : Sound(number, random);
    }

    private static GrpcFuzzCase Sound(int number, Random random)
    {
        var signal = (OtlpSignal)random.Next(3);
        var message = new OddRecords(random).Request(signal, number).ToByteArray();
        var isGzip = random.Next(3) == 0;
        (string, string)[] encoding = isGzip ? [("grpc-encoding", "gzip")] : random.Next(2) == 0 ? [] : [("grpc-encoding", "identity")];
        return new(
            signal, GrpcClient.Path(signal), random.Next(2) == 0 ? "application/grpc" : "application/grpc+proto", [.. encoding, .. Headers(random)],
            GrpcClient.Frame(isGzip ? FuzzCases.Gzip(message) : message, flag: (byte)(isGzip ? 1 : 0)), IsSound: true);
    }

    private static GrpcFuzzCase Broken(Random random)
    {
        var (signal, body) = Recorded(random);
        var (_, other) = Recorded(random);
        var isGzip = random.Next(3) == 0;
        var message = random.Next(2) == 0 ? BodyMutator.Mutate(body, other, OtlpEncoding.Protobuf, random) : body;
        message = isGzip ? FuzzCases.Gzip(message) : message;
        var frame = GrpcClient.Frame(message, flag: (byte)(isGzip ? 1 : 0));
        var (path, contentType, encoding) = (GrpcClient.Path(signal), "application/grpc", isGzip ? "gzip" : null);
        switch (random.Next(10))
        {
            case 0:
                frame = frame[..random.Next(frame.Length)];
                break;
            case 1:
                frame = [.. frame, .. frame[..random.Next(frame.Length + 1)]];
                break;
            case 2:
                BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), random.Next(3) switch { 0 => 0, 1 => (uint)random.Next(frame.Length), _ => (uint)random.NextInt64(1L << 32) });
                break;
            case 3:
                frame[0] = (byte)random.Next(256);
                break;
            case 4:
                frame = BodyMutator.Mutate(frame, other, OtlpEncoding.Protobuf, random);
                break;
            case 5:
                frame = GrpcClient.Frame(BodyMutator.Mutate(message, other, OtlpEncoding.Protobuf, random), frame[0]);
                break;
            case 6:
                contentType = s_contentTypes[random.Next(s_contentTypes.Length)];
                break;
            case 7:
                encoding = s_encodings[random.Next(s_encodings.Length)];
                break;
            case 8:
                path = random.Next(2) == 0 ? s_paths[random.Next(s_paths.Length)] : GrpcClient.Path((OtlpSignal)random.Next(3));
                break;
        }

        return new(signal, path, contentType, [.. encoding is null ? [] : new[] { ("grpc-encoding", encoding) }, .. Headers(random)], frame, IsSound: false);
    }

    private static (OtlpSignal Signal, byte[] Body) Recorded(Random random)
    {
        var all = FuzzCases.RecordedProtobuf;
        return all[random.Next(all.Count)];
    }

    private static (string, string)[] Headers(Random random) => random.Next(4) == 0 ? [s_headers[random.Next(s_headers.Length)]] : [];
}
