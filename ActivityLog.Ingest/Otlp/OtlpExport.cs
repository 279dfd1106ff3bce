using ActivityLog.Core.Storage;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Ingest.Otlp.Queue;
using ActivityLog.Ingest.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp;

/// <summary>Takes one request from its body to its answer: read, decode, map, store, and only then 200.</summary>
internal sealed partial class OtlpExport(
    BufferBudget budget, IngestQueue queue, OtlpRefuser refuser, TimeProvider clock, IOptions<OtlpOptions> options, ILogger<OtlpExport> logger)
{
    /// <param name="http">The request.</param>
    /// <param name="signal">What its path says that it holds; null for a path that doesn't say.</param>
    /// <returns>Why it isn't taken; null when it was, and is answered.</returns>
    public async Task<OtlpRefusal?> RunAsync(HttpContext http, OtlpSignal? signal)
    {
        var sender = http.Features.GetRequiredFeature<TokenFeature>().Sender!;
        var (body, refusal) = await ReadAsync(http);
        if (body is null)
        {
            return refusal;
        }

        var encoding = body.Encoding;
        MappedTelemetry mapped;
        OtlpSignal found;
        int bytes;
        using (body)
        {
            bytes = body.Bytes.Length;
            if ((signal ?? SignalDetector.Detect(body.Bytes, encoding)) is not { } known)
            {
                return new(400, "signal not told", "This path takes what says itself whether it is logs, traces or metrics; post to …/v1/logs, …/v1/traces or …/v1/metrics.");
            }

            found = known;
            try
            {
                if (OtlpRequest.HasMoreElementsThan(options.Value.MaxRequestElements, known, body.Bytes, encoding))
                {
                    return TooMany(options.Value.MaxRequestElements, "records, attributes and values", nameof(OtlpOptions.MaxRequestElements));
                }

                var request = OtlpRequest.Decode(known, body.Bytes, encoding);
                if (request.RecordCount > options.Value.MaxRequestRecords)
                {
                    return TooMany(options.Value.MaxRequestRecords, "records", nameof(OtlpOptions.MaxRequestRecords));
                }

                mapped = request.Map(new MappingContext(sender, clock.GetUtcNow().UtcDateTime, options.Value.MaxAttributeCharacters));
            }
            catch (OtlpDecodeException e)
            {
                return new(400, "can't be decoded", $"The body can't be decoded as {Name(encoding)} of OTLP {known}: {e.Message.TrimEnd('.')}.");
            }
        }

        var outcome = await queue.AppendAsync(new TelemetryBatch(sender.TokenKey, mapped.Messages, mapped.Points, sender.BodyCharacters), bytes, http.RequestAborted);
        if (RefusalOf(outcome) is { } notStored)
        {
            return notStored;
        }

        if (mapped.Rejected > 0)
        {
            refuser.CountRecords(http, mapped.Reason!, mapped.Rejected);
        }

        await OtlpResults.WriteOkAsync(http, found, encoding, mapped.Rejected, mapped.Reason);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed unexpectedly ({TraceId}); its sender is told to try again")]
    private partial void LogUnexpected(Exception exception, string traceId);

    public void LogUnexpected(Exception exception, HttpContext http) => LogUnexpected(exception, http.TraceIdentifier);

    private async ValueTask<(OtlpBody? Body, OtlpRefusal? Refusal)> ReadAsync(HttpContext http)
    {
        try
        {
            return await OtlpBody.ReadAsync(http, options.Value, budget, http.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            // The web server gave up on the body: cut off, or slower than any network.
            return (null, e.StatusCode == StatusCodes.Status408RequestTimeout
                ? OtlpRefusal.TryAgain("the body came too slowly")
                : new(400, "body cut off", $"The body can't be read: {e.Message}"));
        }
    }

    private static OtlpRefusal TooMany(int limit, string what, string option) =>
        new(413, "too many records", $"A request may have {limit} {what}; send smaller batches, or raise {OtlpOptions.Section}:{option}.");

    private static OtlpRefusal? RefusalOf(IngestOutcome outcome) => outcome switch
    {
        IngestOutcome.Stored => null,
        IngestOutcome.Full => OtlpRefusal.TryAgain("too much is waiting to be stored"),
        IngestOutcome.TimedOut => OtlpRefusal.TryAgain("storing took too long"),
        IngestOutcome.Unavailable => OtlpRefusal.TryAgain("the database takes no writes now"),
        _ => OtlpRefusal.TryAgain("the database didn't take this batch"),
    };

    private static string Name(OtlpEncoding encoding) => encoding == OtlpEncoding.Json ? "JSON" : "protobuf";
}
