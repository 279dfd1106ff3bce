namespace ActivityLog.Core.Summaries;

/// <summary>A step of <see cref="SumCompaction"/>.</summary>
/// <param name="Fewer">By how many rows each bucket that it took rows of is smaller.</param>
/// <param name="Took">How long it took.</param>
internal sealed record SumCompacted(IReadOnlyDictionary<int, int> Fewer, TimeSpan Took);
