using System.Buffers.Binary;
using System.Text;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Tests.Otlp.Grpc;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>What comes over the connections of a seed: a call's bytes in HTTP/2, a request's in HTTP/1, the beginning of TLS, each broken. Made of seed and number alone.</summary>
internal sealed class ConnectionFuzzCases(int seed)
{
    private const int MaxFrameBytes = 16_000;

    private static readonly byte[] s_http1 =
        Encoding.ASCII.GetBytes("POST /v1/logs HTTP/1.1\r\nHost: localhost:4317\r\nContent-Type: application/x-protobuf\r\nAuthorization: Bearer al_good\r\nContent-Length: 4\r\n\r\n\n\0\n\0");

    // The head of a handshake: a record of 512 bytes, in it a hello of 508.
    private static readonly byte[] s_tls = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03, .. new byte[506]];

    public byte[] Create(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) - number));
        var body = FuzzCases.RecordedProtobuf[random.Next(FuzzCases.RecordedProtobuf.Count)].Body;
        var bytes = random.Next(6) switch { 0 => s_http1, 1 => s_tls, _ => Http2(body) };
        return random.Next(10) == 0 ? bytes : BodyMutator.Mutate(bytes, body, OtlpEncoding.Protobuf, random);
    }

    private static byte[] Http2(byte[] body)
    {
        byte[] headers =
        [
            .. Header(":method", "POST"), .. Header(":scheme", "http"), .. Header(":path", GrpcClient.Path(OtlpSignal.Logs)), .. Header(":authority", "localhost:4317"),
            .. Header("content-type", "application/grpc"), .. Header("te", "trailers"), .. Header("authorization", "Bearer al_good"),
        ];
        var content = GrpcClient.Frame(body);
        return
        [
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(type: 4, flags: 0, stream: 0, []), .. Frame(type: 1, flags: 4, stream: 1, headers),
            .. Frame(type: 0, flags: 1, stream: 1, content[..Math.Min(content.Length, MaxFrameBytes)]),
        ];
    }

    // Literally, and in no table.
    private static byte[] Header(string name, string value) => [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private static byte[] Frame(byte type, byte flags, int stream, byte[] content)
    {
        var frame = new byte[9 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, content.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        content.CopyTo(frame, 9);
        return frame;
    }
}
