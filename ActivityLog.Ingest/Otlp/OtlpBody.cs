using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace ActivityLog.Ingest.Otlp;

/// <summary>A request's body, whole, decompressed and within the limits. No other class looks at the request's headers for it.</summary>
internal sealed class OtlpBody : IDisposable
{
    private readonly BodyBuffer _buffer;

    private OtlpBody(BodyBuffer buffer, OtlpEncoding encoding)
    {
        _buffer = buffer;
        Encoding = encoding;
    }

    public OtlpEncoding Encoding { get; }

    public ReadOnlyMemory<byte> Bytes => _buffer.Written;

    public void Dispose() => _buffer.Dispose();

    /// <summary>The encoding that answers are written in: the request's, or JSON, which people can read, when it has none that is known.</summary>
    public static OtlpEncoding AnswerEncoding(HttpRequest request) => EncodingOf(request.ContentType) ?? OtlpEncoding.Json;

    /// <summary>Reads the body, or says why it can't be taken. Dispose the body when its content is stored.</summary>
    public static async ValueTask<(OtlpBody? Body, OtlpRefusal? Refusal)> ReadAsync(
        HttpContext http, OtlpOptions options, BufferBudget budget, CancellationToken cancellationToken)
    {
        var request = http.Request;
        if (EncodingOf(request.ContentType) is not { } encoding)
        {
            return (null, new(415, "wrong content type", $"Content-Type is '{Printable(request.ContentType)}'; send application/x-protobuf or application/json."));
        }

        if (IsGzip(request.Headers.ContentEncoding.ToString()) is not { } isGzip)
        {
            return (null, new(415, "wrong content encoding",
                $"Content-Encoding is '{Printable(request.Headers.ContentEncoding)}'; send gzip or none (OTEL_EXPORTER_OTLP_COMPRESSION=gzip or none)."));
        }

        if (request.ContentLength > options.MaxRequestBytes)
        {
            return (null, TooLarge(options));
        }

        // The server's own limit would answer in another way than ours.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var buffer = new BodyBuffer(budget, options.MaxRequestBytes);
        var refusal = Decline(await buffer.FillAsync(request.Body, (int)(request.ContentLength ?? 0), cancellationToken), options);
        if (refusal is null && isGzip)
        {
            (buffer, refusal) = await InflateAsync(buffer, options, budget, cancellationToken);
        }

        if (refusal is null)
        {
            return (new OtlpBody(buffer, encoding), null);
        }

        buffer.Dispose();
        return (null, refusal);
    }

    private static async ValueTask<(BodyBuffer Buffer, OtlpRefusal? Refusal)> InflateAsync(
        BodyBuffer compressed, OtlpOptions options, BufferBudget budget, CancellationToken cancellationToken)
    {
        var inflated = new BodyBuffer(budget, options.MaxRequestBytes + GzipEnd.Mark.Length);
        try
        {
            if (compressed.Length == 0)
            {
                return (inflated, BrokenGzip);
            }

            if (!compressed.TryAppend(GzipEnd.Member))
            {
                return (inflated, Decline(BodyOutcome.NoMemory, options));
            }

            using var gzip = new GZipStream(compressed.AsStream(), CompressionMode.Decompress);
            var outcome = await inflated.FillAsync(gzip, 0, cancellationToken);
            return (inflated, outcome == BodyOutcome.Whole && !inflated.TryRemoveEnd(GzipEnd.Mark) ? BrokenGzip : Decline(outcome, options));
        }
        catch (InvalidDataException)
        {
            return (inflated, BrokenGzip);
        }
        finally
        {
            compressed.Dispose();
        }
    }

    private static OtlpRefusal BrokenGzip { get; } =
        new(400, "broken gzip", "The body isn't the whole gzip stream that Content-Encoding promises. Check what stands between the exporter and this server.");

    private static OtlpRefusal? Decline(BodyOutcome outcome, OtlpOptions options) => outcome switch
    {
        BodyOutcome.TooLarge => TooLarge(options),
        BodyOutcome.NoMemory => OtlpRefusal.TryAgain("too many requests are being read at once"),
        _ => null,
    };

    private static OtlpRefusal TooLarge(OtlpOptions options) => new(413, "too large",
        $"A request may have {options.MaxRequestBytes} bytes, before and after decompression; send smaller batches, or raise {OtlpOptions.Section}:{nameof(OtlpOptions.MaxRequestBytes)}.");

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

    // What came from outside goes back short and harmless.
    private static string Printable(string? header) => new([.. (header ?? "").Where(static c => c is >= ' ' and <= '~' and not '\'').Take(100)]);
}
