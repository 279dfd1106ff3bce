namespace ActivityLog.Core.Messages;

/// <summary>How messages are exported.</summary>
public enum ExportFormat
{
    /// <summary>A JSON object a line, as the API answers a message.</summary>
    Ndjson,

    /// <summary>RFC 4180, with a head; the attributes are JSON in the last column.</summary>
    Csv,
}
