using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp;

/// <summary>Reads and decompresses bodies within the limits, or says why one can't be taken.</summary>
internal sealed class BodyReader(BufferBudget budget, IOptions<OtlpOptions> options)
{
    private readonly OtlpOptions _options = options.Value;

    /// <summary>Largest content, before and after decompression.</summary>
    public int MaxBytes => _options.MaxRequestBytes;

    /// <summary>Reads the body to its end.</summary>
    /// <param name="http">The request.</param>
    /// <param name="framingBytes">How much the body has besides what is limited.</param>
    public async ValueTask<(BodyBuffer? Body, OtlpRefusal? Refusal)> ReadAsync(HttpContext http, int framingBytes = 0)
    {
        var expectedBytes = http.Request.ContentLength ?? 0;
        if (expectedBytes > _options.MaxRequestBytes + framingBytes)
        {
            return (null, TooLarge());
        }

        // The server's own limit would answer in another way than ours.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var buffer = new BodyBuffer(budget, _options.MaxRequestBytes + framingBytes);
        try
        {
            var refusal = Decline(await buffer.FillAsync(http.Request.Body, (int)expectedBytes, http.RequestAborted));
            return refusal is null ? (buffer, null) : Refuse(buffer, refusal);
        }
        catch (BadHttpRequestException e)
        {
            // The web server gave up on the body: cut off, or slower than any network.
            return Refuse(buffer, e.StatusCode == StatusCodes.Status408RequestTimeout
                ? OtlpRefusal.TryAgain("the body came too slowly")
                : new(400, "body cut off", $"The body can't be read: {e.Message}"));
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Decompresses what was read from <paramref name="start"/> on, and disposes it.</summary>
    public async ValueTask<(BodyBuffer? Body, OtlpRefusal? Refusal)> InflateAsync(BodyBuffer compressed, int start, CancellationToken cancellationToken)
    {
        var inflated = new BodyBuffer(budget, _options.MaxRequestBytes + GzipEnd.Mark.Length);
        try
        {
            if (compressed.Length == start)
            {
                return Refuse(inflated, BrokenGzip);
            }

            if (!compressed.TryAppend(GzipEnd.Member))
            {
                return Refuse(inflated, NoMemory);
            }

            using var gzip = new GZipStream(compressed.AsStream(start), CompressionMode.Decompress);
            var outcome = await inflated.FillAsync(gzip, 0, cancellationToken);
            var refusal = outcome == BodyOutcome.Whole && !inflated.TryRemoveEnd(GzipEnd.Mark) ? BrokenGzip : Decline(outcome);
            return refusal is null ? (inflated, null) : Refuse(inflated, refusal);
        }
        catch (InvalidDataException)
        {
            return Refuse(inflated, BrokenGzip);
        }
        catch
        {
            inflated.Dispose();
            throw;
        }
        finally
        {
            compressed.Dispose();
        }
    }

    public OtlpRefusal TooLarge() => new(413, "too large",
        $"A request may have {_options.MaxRequestBytes} bytes, before and after decompression; send smaller batches, or raise {OtlpOptions.Section}:{nameof(OtlpOptions.MaxRequestBytes)}.");

    private static OtlpRefusal BrokenGzip { get; } =
        new(400, "broken gzip", "The body isn't the whole gzip stream that its headers promise. Check what stands between the exporter and this server.");

    private static OtlpRefusal NoMemory { get; } = OtlpRefusal.TryAgain("too many requests are being read at once");

    private OtlpRefusal? Decline(BodyOutcome outcome) => outcome switch
    {
        BodyOutcome.TooLarge => TooLarge(),
        BodyOutcome.NoMemory => NoMemory,
        _ => null,
    };

    private static (BodyBuffer? Body, OtlpRefusal? Refusal) Refuse(BodyBuffer buffer, OtlpRefusal refusal)
    {
        buffer.Dispose();
        return (null, refusal);
    }
}
