namespace ActivityLog.Core.Storage;

/// <summary>What an append changed.</summary>
/// <param name="NewMessages">Rows that weren't there before.</param>
/// <param name="ChangedMessages">Rows that got a part they lacked, or turned into repeats.</param>
/// <param name="NewPoints">Metric points that weren't there before.</param>
/// <param name="SystemKeys">Numbers of the Systems with any change.</param>
public sealed record TelemetryAppended(int NewMessages, int ChangedMessages, int NewPoints, IReadOnlyCollection<int> SystemKeys);
