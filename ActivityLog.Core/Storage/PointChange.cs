namespace ActivityLog.Core.Storage;

/// <summary>What a write did to what a metric point adds.</summary>
/// <param name="System">Number of its System.</param>
/// <param name="Series">Its series.</param>
/// <param name="OccurredAt">Its time.</param>
/// <param name="Before">What it added before; null for nothing, as of a point that wasn't there.</param>
/// <param name="After">What it adds now; null for nothing.</param>
internal readonly record struct PointChange(int System, long Series, long OccurredAt, double? Before, double? After);
