namespace ActivityLog.Ingest.Otlp.Grpc;

/// <summary>What a connection to the gRPC port speaks.</summary>
internal enum Spoken
{
    /// <summary>Nothing at all: it ended, or said nothing for long.</summary>
    Nothing,

    /// <summary>HTTP/2, as gRPC does.</summary>
    Http2,

    /// <summary>HTTP/1: a sender of OTLP/HTTP at the wrong port, or a browser.</summary>
    Http1,

    /// <summary>A TLS handshake.</summary>
    Tls,

    /// <summary>Something else.</summary>
    Other,
}
