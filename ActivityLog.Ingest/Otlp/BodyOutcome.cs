namespace ActivityLog.Ingest.Otlp;

/// <summary>How reading a body ended.</summary>
internal enum BodyOutcome
{
    /// <summary>All of it is there.</summary>
    Whole,

    /// <summary>It is larger than the limit.</summary>
    TooLarge,

    /// <summary>Too many bodies are being read at once.</summary>
    NoMemory,
}
