using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Microsoft.AspNetCore.Http;

namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>Ends gRPC calls: with a message and a status behind it, or with a status alone.</summary>
internal static class GrpcResults
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";
    private const string DetailsHeader = "grpc-status-details-bin";
    private const string Ok = "0";

    /// <summary>OK: all is stored but the records that were rejected.</summary>
    public static async Task WriteOkAsync(HttpContext http, OtlpTaken taken)
    {
        var message = OtlpResults.Answer(taken);
        var frame = new byte[GrpcBody.FrameBytes + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - GrpcBody.FrameBytes);
        message.WriteTo(frame.AsSpan(GrpcBody.FrameBytes));

        Begin(http);
        await http.Response.Body.WriteAsync(frame, http.RequestAborted);
        http.Response.AppendTrailer(StatusHeader, Ok);
    }

    /// <summary>An error. Where trying again may help, it says after which time: senders take that as the permission.</summary>
    public static void Write(HttpContext http, OtlpRefusal refusal, OtlpOptions options)
    {
        var status = new Status { Code = OtlpResults.GrpcCode(refusal.StatusCode), Message = refusal.Message };
        if (refusal.RetryAfter(options) is { } retryAfter)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter) }));
        }

        Begin(http);
        var headers = http.Response.Headers;
        headers[StatusHeader] = status.Code.ToString(CultureInfo.InvariantCulture);
        headers[MessageHeader] = PercentEncode(status.Message);
        headers[DetailsHeader] = Convert.ToBase64String(status.ToByteArray());
    }

    private static void Begin(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/grpc";
        http.Response.Headers[GrpcBody.AcceptEncodingHeader] = GrpcBody.AcceptedEncodings;
    }

    // The protocol's own: what is printable ASCII stays, but the percent sign.
    private static string PercentEncode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            _ = b is >= (byte)' ' and <= (byte)'~' and not (byte)'%' ? encoded.Append((char)b) : encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return encoded.ToString();
    }
}
