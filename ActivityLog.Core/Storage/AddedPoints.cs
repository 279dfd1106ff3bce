namespace ActivityLog.Core.Storage;

/// <summary>What came of metric points that were to be added.</summary>
/// <param name="Count">How many weren't there before.</param>
/// <param name="Changes">What they changed, at themselves and at points that come after them in their series.</param>
internal sealed record AddedPoints(int Count, IReadOnlyList<PointChange> Changes);
