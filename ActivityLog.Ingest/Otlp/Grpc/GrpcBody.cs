using System.Buffers.Binary;
using Microsoft.AspNetCore.Http;

namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>The content of a unary gRPC request: one message, behind a flag (compressed or not) and its length.</summary>
internal static class GrpcBody
{
    public const int FrameBytes = 5;

    /// <summary>Header that names how messages are compressed, and those that this server takes.</summary>
    public const string EncodingHeader = "grpc-encoding";
    public const string AcceptEncodingHeader = "grpc-accept-encoding";
    public const string AcceptedEncodings = "identity,gzip";

    private const string MediaType = "application/grpc";

    /// <summary>Whether the content is gRPC at all.</summary>
    public static bool IsGrpc(HttpRequest request) => request.ContentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads the message, or says why it can't be taken. Dispose it when it is stored.</summary>
    public static async ValueTask<(OtlpBody? Body, OtlpRefusal? Refusal)> ReadAsync(HttpContext http, BodyReader reader)
    {
        var request = http.Request;
        if (request.ContentType!.Split(';')[0].Trim().ToLowerInvariant() is not (MediaType or MediaType + "+proto"))
        {
            return (null, new(415, "wrong content type", $"Content-Type is '{OtlpRefusal.Printable(request.ContentType)}'; send {MediaType}."));
        }

        var encoding = request.Headers[EncodingHeader].ToString().Trim().ToLowerInvariant();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            return (null, new(415, "wrong content encoding", $"{EncodingHeader} is '{OtlpRefusal.Printable(encoding)}'; send gzip or none."));
        }

        var (read, refusal) = await reader.ReadAsync(http, FrameBytes);
        if (read is null)
        {
            return (null, refusal);
        }

        if (Broken(read.Written.Span, encoding, reader) is { } broken)
        {
            read.Dispose();
            return (null, broken);
        }

        if (read.Written.Span[0] == 0)
        {
            return (new OtlpBody(read, FrameBytes, OtlpEncoding.Protobuf), null);
        }

        (var inflated, refusal) = await reader.InflateAsync(read, FrameBytes, http.RequestAborted);
        return (inflated is null ? null : new OtlpBody(inflated, 0, OtlpEncoding.Protobuf), refusal);
    }

    private static OtlpRefusal? Broken(ReadOnlySpan<byte> frame, string encoding, BodyReader reader)
    {
        if (frame.Length < FrameBytes)
        {
            return Broken(frame.IsEmpty ? "There is no message in the call" : "The call ends within a message's length");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(frame[1..]);
        var rest = (uint)(frame.Length - FrameBytes);
        return frame[0] switch
        {
            > 1 => Broken("A message begins with a flag that isn't 0 or 1"),
            1 when encoding != "gzip" => Broken($"A message is compressed, but {EncodingHeader} doesn't say how"),
            _ when length > reader.MaxBytes => reader.TooLarge(),
            _ when length > rest => Broken("The call ends within its message"),
            _ when length < rest => Broken("The call has more than one message"),
            _ => null,
        };
    }

    private static OtlpRefusal Broken(string what) => new(400, "broken gRPC message", $"{what}; send one whole export request a call.");
}
