namespace ActivityLog.Core.Summaries;

/// <summary>A stretch of time that is read from rows of one grain.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="From">First quarter, day or week; null for no bound.</param>
/// <param name="To">First one that isn't in it any more; null for no bound.</param>
internal readonly record struct SumSlice(SummaryGrain Grain, int? From, int? To);
