using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Tokens;

namespace ActivityLog.Web.Tokens;

/// <summary>What to do about a refusal, for who reads it here; the sender was told in its answer.</summary>
internal static class RefusalAdvice
{
    /// <summary>One sentence.</summary>
    public static string Of(Refusal refusal) => (refusal.StatusCode, refusal.Reason) switch
    {
        (415, RefusalReasons.NoGrpc) =>
            "It sends OTLP/HTTP to the port of OTLP/gRPC. Set OTEL_EXPORTER_OTLP_PROTOCOL=grpc there, or OTEL_EXPORTER_OTLP_ENDPOINT to this server's address and /api/v1/otlp.",
        (_, RefusalReasons.Tls) => "Its endpoint begins with https://, and this server has no TLS there: write http://, or put a proxy in front that has TLS.",
        (_, RefusalReasons.NoHttp or RefusalReasons.Unreadable) => "This is no exporter, or something between it and this server breaks what it sends.",
        _ => OfStatus(refusal),
    };

    private static string OfStatus(Refusal refusal) => refusal.StatusCode switch
    {
        200 => "These records can't be used; their neighbours are stored. Look at what this sender makes of its numbers and times.",
        400 => "Something between sender and server changes the body, or it isn't OTLP: post straight to this server, with http/protobuf or http/json.",
        401 when refusal.TokenKey is not null => "Make a new token on the System's page, and put it where this one is set.",
        401 when refusal.Token is null => "Set OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Bearer al_…\" where this address is, or stop what sends from it.",
        401 => "Copy the token again: it is mistyped, cut, or of another server.",
        404 => "Set OTEL_EXPORTER_OTLP_ENDPOINT to this server's address and /api/v1/otlp.",
        405 => "Something asks here that is no exporter: a browser or a health check. Health is at /health/ready.",
        413 => "Send smaller batches (OTEL_BLRP_MAX_EXPORT_BATCH_SIZE, OTEL_BSP_MAX_EXPORT_BATCH_SIZE), or raise the limit that the answer names.",
        415 => "Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf, and no compression but gzip.",
        429 => "It sends more than its token may. Raise the token's limit, or let it send less; it tries again by itself.",
        503 => "Nothing to do there: senders try again by themselves. What is in the way here is above, or in the log.",
        _ => "What the sender was told is in its own log.",
    };
}
