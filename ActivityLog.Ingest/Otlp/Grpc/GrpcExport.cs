using System.Collections.Frozen;
using ActivityLog.Ingest.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>OTLP/gRPC: takes one call from its message to its status, which is OK only for what is durable.</summary>
internal sealed partial class GrpcExport(OtlpIntake intake, BodyReader reader, OtlpRefuser refuser, IServer web, ILogger<GrpcExport> logger)
{
    private static readonly FrozenDictionary<string, OtlpSignal> s_methods = new Dictionary<string, OtlpSignal>
    {
        ["/opentelemetry.proto.collector.logs.v1.LogsService/Export"] = OtlpSignal.Logs,
        ["/opentelemetry.proto.collector.trace.v1.TraceService/Export"] = OtlpSignal.Traces,
        ["/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"] = OtlpSignal.Metrics,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Answers everything that comes to the port.</summary>
    public async Task RunAsync(HttpContext http)
    {
        try
        {
            OtlpRefusal? refusal;
            try
            {
                // First, so that refusals of what is sent wrong are shown with their token, too.
                await http.AuthenticateAsync(TokenDefaults.Scheme);
                refusal = await TryTakeAsync(http);
            }
            catch (Exception e) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
            {
                LogUnexpected(e, http.TraceIdentifier);
                refusal = OtlpRefusal.TryAgain("this server failed unexpectedly");
            }

            await RefuseAsync(http, refusal);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The sender has gone: nobody is left to answer.
        }
    }

    private async Task RefuseAsync(HttpContext http, OtlpRefusal? refusal)
    {
        if (refusal is null)
        {
            return;
        }

        if (IsCall(http.Request))
        {
            refuser.WriteGrpc(http, refusal);
            return;
        }

        if (HttpProtocol.IsHttp11(http.Request.Protocol))
        {
            // Nothing that comes on this connection will be gRPC.
            http.Response.Headers.Connection = "close";
        }

        // Whoever speaks no gRPC reads no gRPC status.
        await refuser.WriteAsync(http, refusal);
    }

    private static bool IsCall(HttpRequest request) => HttpProtocol.IsHttp2(request.Protocol) && HttpMethods.IsPost(request.Method) && GrpcBody.IsGrpc(request);

    private OtlpRefusal NoGrpc(HttpRequest request)
    {
        var status = HttpMethods.IsPost(request.Method) ? StatusCodes.Status415UnsupportedMediaType : StatusCodes.Status405MethodNotAllowed;
        return new(status, RefusalReasons.NoGrpc,
            $"This port takes OTLP/gRPC and nothing else. Set OTEL_EXPORTER_OTLP_PROTOCOL=grpc, or send OTLP/HTTP to the address of the pages{WebAddress(request)}.");
    }

    // The host that the sender knows, with the port that it should have.
    private string WebAddress(HttpRequest request) =>
        request.Host.HasValue && web.Features.Get<IServerAddressesFeature>()?.Addresses.Select(BindingAddress.Parse).FirstOrDefault(static address => address.Port > 0) is { } address
            ? $": OTEL_EXPORTER_OTLP_ENDPOINT={address.Scheme}://{OtlpRefusal.Printable(request.Host.Host)}:{address.Port}{OtlpEndpoints.Base}"
            : "";

    private async Task<OtlpRefusal?> TryTakeAsync(HttpContext http)
    {
        if (!IsCall(http.Request))
        {
            return NoGrpc(http.Request);
        }

        if (!s_methods.TryGetValue(http.Request.Path.Value!, out var signal))
        {
            return new(404, "no such gRPC method",
                $"There is no method '{OtlpRefusal.Printable(http.Request.Path)}' here, only Export of OTLP's services for logs, traces and metrics.");
        }

        var token = http.Features.GetRequiredFeature<TokenFeature>();
        if (token.Sender is not { } sender)
        {
            return token.Answer;
        }

        var (body, refusal) = await GrpcBody.ReadAsync(http, reader);
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
        await GrpcResults.WriteOkAsync(http, taken);
        refuser.CountOk(http);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A gRPC call failed unexpectedly ({TraceId}); its sender is told to try again")]
    private partial void LogUnexpected(Exception exception, string traceId);
}
