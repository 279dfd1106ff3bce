namespace ActivityLog.Ingest.Tokens;

/// <summary>Reasons of refusals that tell more than their status of what to do.</summary>
public static class RefusalReasons
{
    /// <summary>Something else than gRPC came to the gRPC port.</summary>
    public const string NoGrpc = "no gRPC on the gRPC port";

    /// <summary>A TLS handshake came where nobody speaks TLS.</summary>
    public const string Tls = "TLS to an address that has none";

    /// <summary>A request was so broken that it was none.</summary>
    public const string Unreadable = "an HTTP request that can't be read";

    /// <summary>Something else than HTTP came.</summary>
    public const string NoHttp = "something that is no HTTP";
}
