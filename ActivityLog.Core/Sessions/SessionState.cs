namespace ActivityLog.Core.Sessions;

/// <summary>What changes with whatever comes of a session.</summary>
/// <param name="Parts">Its messages and their parts together.</param>
/// <param name="ReceivedAt">When the last of its messages came, UTC; null for none.</param>
/// <param name="Points">Points of metrics that tell spend which no message does.</param>
public readonly record struct SessionState(long Parts, DateTime? ReceivedAt, long Points);
