using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Storage;

/// <summary>What one request brought, mapped: stored whole or not at all.</summary>
/// <param name="TokenKey">Number of the token it came with.</param>
/// <param name="Messages">Messages and parts of messages; may repeat one another.</param>
/// <param name="Points">Metric points; may repeat one another.</param>
/// <param name="BodyCharacters">Characters of a body that the System's plan keeps: the bodies of two parts that become one are cut to it.</param>
public sealed record TelemetryBatch(
    int TokenKey, IReadOnlyList<Message> Messages, IReadOnlyList<MetricPoint> Points, int BodyCharacters = int.MaxValue)
{
    /// <summary>Messages and points together.</summary>
    public int Count => Messages.Count + Points.Count;
}
