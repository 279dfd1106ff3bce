namespace ActivityLog.Core.Summaries;

/// <summary>The rows of neighbouring pieces of time of a System in a table of sums.</summary>
internal readonly record struct SumBuckets(SumTable Table, int System, SummaryGrain Grain, int First, int Last);
