namespace ActivityLog.Ingest.Otlp;

/// <summary>The signals of OTLP.</summary>
internal enum OtlpSignal
{
    /// <summary>Log records.</summary>
    Logs,

    /// <summary>Spans.</summary>
    Traces,

    /// <summary>Data points.</summary>
    Metrics,
}
