namespace ActivityLog.Core.Retention;

/// <summary>What a step may delete.</summary>
/// <param name="SystemKey">Number of the System whose rows go.</param>
/// <param name="From">The expiry that the last step of this run came to, as it is kept.</param>
/// <param name="Now">What expired by then goes, UTC.</param>
/// <param name="MaxRows">Most rows.</param>
internal readonly record struct RetentionSlice(int SystemKey, long From, DateTime Now, int MaxRows);
