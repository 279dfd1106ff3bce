using ActivityLog.Ingest.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp;

/// <summary>OTLP/HTTP: takes one request from its body to its answer, which is 200 only for what is durable.</summary>
internal sealed partial class OtlpExport(
    OtlpIntake intake, BufferBudget budget, OtlpRefuser refuser, IOptions<OtlpOptions> options, ILogger<OtlpExport> logger)
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

        OtlpTaken taken;
        using (body)
        {
            taken = await intake.TakeAsync(sender, signal, body.Bytes, body.Encoding, http.RequestAborted);
        }

        if (!taken.IsStored)
        {
            return taken.Refusal;
        }

        if (taken.Rejected > 0)
        {
            refuser.CountRecords(http, taken.Reason!, taken.Rejected);
        }

        await OtlpResults.WriteOkAsync(http, taken, body.Encoding);
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
}
