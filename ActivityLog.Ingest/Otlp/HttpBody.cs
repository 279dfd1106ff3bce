using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ActivityLog.Ingest.Otlp;

/// <summary>The content of an OTLP/HTTP request. No other class looks at the request's headers for it.</summary>
internal static class HttpBody
{
    /// <summary>The encoding that answers are written in: the request's, or JSON, which people can read, when it has none that is known.</summary>
    public static OtlpEncoding AnswerEncoding(HttpRequest request) => EncodingOf(request.ContentType) ?? OtlpEncoding.Json;

    /// <summary>Reads the content, or says why it can't be taken. Dispose it when it is stored.</summary>
    public static async ValueTask<(OtlpBody? Body, OtlpRefusal? Refusal)> ReadAsync(HttpContext http, BodyReader reader)
    {
        var request = http.Request;
        if (EncodingOf(request.ContentType) is not { } encoding)
        {
            return (null, new(415, "wrong content type",
                $"Content-Type is '{OtlpRefusal.Printable(request.ContentType)}'; send application/x-protobuf or application/json."));
        }

        if (IsGzip(request.Headers.ContentEncoding.ToString()) is not { } isGzip)
        {
            return (null, new(415, "wrong content encoding",
                $"Content-Encoding is '{OtlpRefusal.Printable(request.Headers.ContentEncoding)}'; send gzip or none (OTEL_EXPORTER_OTLP_COMPRESSION=gzip or none)."));
        }

        var (body, refusal) = await reader.ReadAsync(http);
        if (body is null || !isGzip)
        {
            return (body is null ? null : new OtlpBody(body, 0, encoding), refusal);
        }

        (var inflated, refusal) = await reader.InflateAsync(body, 0, http.RequestAborted);
        return (inflated is null ? null : new OtlpBody(inflated, 0, encoding), refusal);
    }

    private static OtlpEncoding? EncodingOf(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            return null;
        }

        return type.MediaType.Equals("application/x-protobuf", StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Protobuf
            : type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Json
            : null;
    }

    private static bool? IsGzip(string contentEncoding) => contentEncoding.Trim().ToLowerInvariant() switch
    {
        "" or "identity" or "none" => false,
        "gzip" or "x-gzip" => true,
        _ => null,
    };
}
