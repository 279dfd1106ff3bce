namespace ActivityLog.Core.Retention;

/// <summary>A metric point that went, or that counts no more.</summary>
/// <param name="Series">Its series.</param>
/// <param name="OccurredAt">Its time.</param>
/// <param name="Increment">What it added; null for nothing.</param>
internal readonly record struct ExpiredPoint(long Series, long OccurredAt, double? Increment);
