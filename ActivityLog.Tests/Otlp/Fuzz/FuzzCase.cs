using System.Net.Http.Headers;
using ActivityLog.Ingest.Otlp;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>A request to send.</summary>
/// <param name="Number">Which one of its seed.</param>
/// <param name="Signal">What its path says.</param>
/// <param name="Encoding">What its content type says.</param>
/// <param name="IsGzip">What its content encoding says.</param>
/// <param name="Body">The bytes.</param>
/// <param name="IsSound">Whether its bytes are in order, so that it must be taken, and its marker stored, whatever its other records say.</param>
internal sealed record FuzzCase(int Number, OtlpSignal Signal, OtlpEncoding Encoding, bool IsGzip, byte[] Body, bool IsSound)
{
    public HttpRequestMessage ToHttp(string token)
    {
        var content = new ByteArrayContent(Body);
        content.Headers.ContentType = new MediaTypeHeaderValue(Encoding == OtlpEncoding.Json ? "application/json" : "application/x-protobuf");
        if (IsGzip)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return new(HttpMethod.Post, Signal switch { OtlpSignal.Logs => "/v1/logs", OtlpSignal.Traces => "/v1/traces", _ => "/v1/metrics" })
        {
            Content = content,
            Headers = { Authorization = new("Bearer", token) },
        };
    }
}
