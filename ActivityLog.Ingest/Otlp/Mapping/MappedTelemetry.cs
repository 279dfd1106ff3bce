using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>What a request turned into. A record that can't be used is counted, and its neighbours stay.</summary>
internal sealed class MappedTelemetry
{
    public List<Message> Messages { get; } = [];

    public List<MetricPoint> Points { get; } = [];

    /// <summary>Log records, spans or data points that the request held.</summary>
    public long RecordCount { get; set; }

    /// <summary>Characters of what the records share (resource, scope, session), each different content once.</summary>
    public long SharedCharacters { get; set; }

    /// <summary>Records that can't be used.</summary>
    public long Rejected { get; private set; }

    /// <summary>Why the first of them can't be used, in English and for the sender; null when all can.</summary>
    public string? Reason { get; private set; }

    /// <summary>The same in words that hold nothing of the sender's: what refusals are counted by.</summary>
    public string? Cause { get; private set; }

    public void Reject(string cause, string reason)
    {
        Rejected++;
        Cause ??= cause;
        Reason ??= reason;
    }
}
