using System.Text;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace ActivityLog.Ingest.Otlp;

/// <summary>Writes answers in the request's encoding.</summary>
internal static class OtlpResults
{
    /// <summary>200: all is stored but the records that were rejected.</summary>
    public static Task WriteOkAsync(HttpContext http, OtlpTaken taken, OtlpEncoding encoding) => WriteAsync(http, 200, Answer(taken), encoding);

    /// <summary>An error, as a <see cref="Status"/>.</summary>
    public static Task WriteAsync(HttpContext http, OtlpRefusal refusal, OtlpOptions options)
    {
        if (refusal.RetryAfter(options) is { } retryAfter)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var status = new Status { Code = GrpcCode(refusal.StatusCode), Message = refusal.Message };
        return WriteAsync(http, refusal.StatusCode, status, HttpBody.AnswerEncoding(http.Request));
    }

    private static async Task WriteAsync(HttpContext http, int statusCode, IMessage message, OtlpEncoding encoding)
    {
        var bytes = encoding == OtlpEncoding.Protobuf ? message.ToByteArray() : Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message));
        http.Response.StatusCode = statusCode;
        http.Response.ContentType = encoding == OtlpEncoding.Protobuf ? "application/x-protobuf" : "application/json";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary>The answer of the signal's service. On full success the field stays unset: the protocol demands it.</summary>
    public static IMessage Answer(OtlpTaken taken) => taken.Signal switch
    {
        OtlpSignal.Logs => taken.Rejected == 0
            ? new ExportLogsServiceResponse()
            : new ExportLogsServiceResponse { PartialSuccess = new() { RejectedLogRecords = taken.Rejected, ErrorMessage = taken.Reason ?? "" } },
        OtlpSignal.Traces => taken.Rejected == 0
            ? new ExportTraceServiceResponse()
            : new ExportTraceServiceResponse { PartialSuccess = new() { RejectedSpans = taken.Rejected, ErrorMessage = taken.Reason ?? "" } },
        _ => taken.Rejected == 0
            ? new ExportMetricsServiceResponse()
            : new ExportMetricsServiceResponse { PartialSuccess = new() { RejectedDataPoints = taken.Rejected, ErrorMessage = taken.Reason ?? "" } },
    };

    /// <summary>The gRPC code of what an HTTP status says.</summary>
    public static int GrpcCode(int statusCode) => statusCode switch
    {
        401 => 16, // UNAUTHENTICATED
        404 or 405 or 415 => 12, // UNIMPLEMENTED
        413 or 429 => 8, // RESOURCE_EXHAUSTED
        503 => 14, // UNAVAILABLE
        _ => 3, // INVALID_ARGUMENT
    };
}
