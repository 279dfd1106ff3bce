using ActivityLog.Core.Messages;

namespace ActivityLog.Ingest.Otlp.Logs;

/// <summary>Severity numbers 1 to 24, four to a level; else the text.</summary>
internal static class Severity
{
    public static MessageLevel? Of(int number, string text) => number is >= 1 and <= 24
        ? (MessageLevel)((number + 3) / 4)
        : text.ToUpperInvariant() switch
        {
            "TRACE" => MessageLevel.Trace,
            "DEBUG" => MessageLevel.Debug,
            "INFO" or "INFORMATION" or "NOTICE" => MessageLevel.Info,
            "WARN" or "WARNING" => MessageLevel.Warn,
            "ERROR" => MessageLevel.Error,
            "FATAL" or "CRITICAL" => MessageLevel.Fatal,
            _ => null,
        };
}
