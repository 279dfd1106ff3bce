using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Storage;

/// <summary>What came with a token in one commit: records as sent, and rows that are new by it.</summary>
internal sealed class TokenUse
{
    public long LogRecords { get; private set; }

    public long Spans { get; private set; }

    public long MetricPoints { get; private set; }

    public long NewMessages { get; set; }

    public DateTime? LastLogRecordAt { get; private set; }

    public DateTime? LastSpanAt { get; private set; }

    public DateTime? LastMetricPointAt { get; private set; }

    public DateTime LastUsedAt { get; private set; }

    public void Count(Message message)
    {
        // A denial came with its decision, which is counted itself.
        if (message.Parts.HasFlag(MessageParts.Event))
        {
            LogRecords++;
            LastLogRecordAt = Later(LastLogRecordAt, message.ReceivedAt);
        }
        else if (message.Parts.HasFlag(MessageParts.Span))
        {
            Spans++;
            LastSpanAt = Later(LastSpanAt, message.ReceivedAt);
        }

        LastUsedAt = Later(LastUsedAt, message.ReceivedAt);
    }

    public void Count(MetricPoint point)
    {
        MetricPoints++;
        LastMetricPointAt = Later(LastMetricPointAt, point.ReceivedAt);
        LastUsedAt = Later(LastUsedAt, point.ReceivedAt);
    }

    private static DateTime Later(DateTime? known, DateTime time) => known > time ? known.Value : time;
}
