namespace ActivityLog.Ingest.Otlp;

/// <summary>How a body is written.</summary>
internal enum OtlpEncoding
{
    /// <summary><c>application/x-protobuf</c>.</summary>
    Protobuf,

    /// <summary><c>application/json</c>.</summary>
    Json,
}
