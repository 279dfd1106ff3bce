using ActivityLog.Ingest.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Ingest.Otlp;

/// <summary>OTLP/HTTP: takes one request from its body to its answer, which is 200 only for what is durable.</summary>
internal sealed partial class OtlpExport(
    OtlpIntake intake, BodyReader reader, OtlpRefuser refuser, ILogger<OtlpExport> logger)
{
    /// <param name="http">The request.</param>
    /// <param name="signal">What its path says that it holds; null for a path that doesn't say.</param>
    /// <returns>Why it isn't taken; null when it was, and is answered.</returns>
    public async Task<OtlpRefusal?> RunAsync(HttpContext http, OtlpSignal? signal)
    {
        var sender = http.Features.GetRequiredFeature<TokenFeature>().Sender!;
        var (body, refusal) = await HttpBody.ReadAsync(http, reader);
        if (body is null)
        {
            return refusal;
        }

        OtlpTaken taken;
        using (body)
        {
            taken = await intake.TakeAsync(sender, http.Connection.RemoteIpAddress, signal, body.Bytes, body.Encoding);
        }

        if (!taken.IsStored)
        {
            return taken.Refusal;
        }

        refuser.CountRecords(http, taken);
        await OtlpResults.WriteOkAsync(http, taken, body.Encoding);
        refuser.CountOk(http);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed unexpectedly ({TraceId}); its sender is told to try again")]
    private partial void LogUnexpected(Exception exception, string traceId);

    public void LogUnexpected(Exception exception, HttpContext http) => LogUnexpected(exception, http.TraceIdentifier);
}
