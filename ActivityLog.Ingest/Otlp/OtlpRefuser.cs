using System.Net;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Otlp.Grpc;
using ActivityLog.Ingest.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp;

/// <summary>
/// Answers refused requests in the way of their transport, and counts them by token and reason: the one place where a sender is told no, and where answers are
/// counted.
/// </summary>
internal sealed class OtlpRefuser(RefusalLog refusals, IngestMonitor monitor, TimeProvider clock, IOptions<OtlpOptions> options)
{
    public async Task WriteAsync(HttpContext http, OtlpRefusal refusal)
    {
        Count(http, refusal.StatusCode, refusal.Reason, 1);
        await OtlpResults.WriteAsync(http, refusal, options.Value);
        CountAnswer(http, refusal.StatusCode);
    }

    /// <summary>The same as the end of a gRPC call.</summary>
    public void WriteGrpc(HttpContext http, OtlpRefusal refusal)
    {
        Count(http, refusal.StatusCode, refusal.Reason, 1);
        GrpcResults.Write(http, refusal, options.Value);
        CountAnswer(http, refusal.StatusCode);
    }

    /// <summary>Counts a connection that was closed before there was a request on it.</summary>
    public void CountConnection(IPAddress? source, int statusCode, string reason)
    {
        monitor.CountRefusals(statusCode, 1);
        refusals.Add(null, null, null, Shown(source), statusCode, reason);
    }

    /// <summary>Counts the answer to a request that was taken.</summary>
    public void CountOk(HttpContext http) => CountAnswer(http, StatusCodes.Status200OK);

    /// <summary>Counts records that were refused while their neighbours were stored.</summary>
    public void CountRecords(HttpContext http, OtlpTaken taken)
    {
        if (taken.Rejected > 0)
        {
            Count(http, StatusCodes.Status200OK, taken.Cause!, taken.Rejected);
        }
    }

    private void CountAnswer(HttpContext http, int statusCode)
    {
        var start = http.Features.Get<TokenFeature>()?.StartedAt ?? clock.GetTimestamp();
        monitor.CountAnswer(statusCode, clock.GetElapsedTime(start));
    }

    private void Count(HttpContext http, int statusCode, string reason, long count)
    {
        var token = http.Features.Get<TokenFeature>();
        monitor.CountRefusals(statusCode, count);
        refusals.Add(token?.SystemKey, token?.TokenKey, token?.Shown, Shown(http.Connection.RemoteIpAddress), statusCode, reason, count);
    }

    private static string Shown(IPAddress? source) => source?.ToString() ?? "unknown";
}
