namespace ActivityLog.Ingest.Otlp;

/// <summary>A body isn't what its content type says. The message is for the sender: what is wrong and where. Answered with 400, nothing of it is stored.</summary>
internal sealed class OtlpDecodeException(string message, Exception? innerException = null) : Exception(message, innerException);
