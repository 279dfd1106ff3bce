namespace ActivityLog.Core.Summaries;

/// <summary>A part of what is stored that is summed up anew at once.</summary>
/// <param name="System">Number of the System.</param>
/// <param name="From">Its first day, as <c>at</c> of the days' sums.</param>
/// <param name="To">The day after its last one.</param>
internal readonly record struct RebuildSlice(int System, int From, int To);
