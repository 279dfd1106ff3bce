using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Otlp.Grpc;
using ActivityLog.Ingest.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ActivityLog.Ingest.Otlp;

/// <summary>Answers refused requests in the way of their transport, and counts them by token and reason: the one place where a sender is told no.</summary>
internal sealed class OtlpRefuser(RefusalLog refusals, IngestMonitor monitor, IOptions<OtlpOptions> options)
{
    public Task WriteAsync(HttpContext http, OtlpRefusal refusal)
    {
        Count(http, refusal.StatusCode, refusal.Reason, 1);
        return OtlpResults.WriteAsync(http, refusal, options.Value);
    }

    /// <summary>The same as the end of a gRPC call.</summary>
    public void WriteGrpc(HttpContext http, OtlpRefusal refusal)
    {
        Count(http, refusal.StatusCode, refusal.Reason, 1);
        GrpcResults.Write(http, refusal, options.Value);
    }

    /// <summary>Counts records that were refused while their neighbours were stored.</summary>
    public void CountRecords(HttpContext http, string reason, long count) => Count(http, 200, reason, count);

    private void Count(HttpContext http, int statusCode, string reason, long count)
    {
        var token = http.Features.Get<TokenFeature>();
        monitor.CountRefusals(statusCode, count);
        refusals.Add(token?.SystemKey, token?.TokenKey, token?.Shown, http.Connection.RemoteIpAddress?.ToString() ?? "unknown", statusCode, reason, count);
    }
}
