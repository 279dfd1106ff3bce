namespace ActivityLog.Core.Summaries;

/// <summary>The rows of a piece of time of a System in a table of sums.</summary>
internal readonly record struct SumBucket(SumTable Table, int System, SummaryGrain Grain, int At);
