namespace ActivityLog.Core.Messages;

/// <summary>The rows of one session (or of what stands in for one) of a System: a range of the identity's index.</summary>
internal readonly record struct SessionRange(int SystemKey, long SessionKey);
