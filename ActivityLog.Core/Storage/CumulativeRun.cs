namespace ActivityLog.Core.Storage;

/// <summary>What one process counted from its start on: the points of a cumulative series that tell the same start.</summary>
/// <param name="System">Number of its System.</param>
/// <param name="Series">Its series.</param>
/// <param name="StartedAt">The start that they tell; 1970-01-01 where none is told.</param>
/// <param name="IsBeforeStart">Whether they are long before it.</param>
/// <param name="From">Time of the first new point.</param>
/// <param name="IsMonotonic">Whether what is counted only grows.</param>
internal readonly record struct CumulativeRun(int System, long Series, long StartedAt, bool IsBeforeStart, long From, bool IsMonotonic)
{
    /// <summary>
    /// Microseconds by which a point may be before its start, as a clock that was put right makes it. What is earlier is a run of its own, so that the point
    /// before another is looked for no further back: where each point tells a start of its own, that would be through all of the series, for each of them.
    /// </summary>
    public const long Tolerance = 86_400_000_000;

    /// <summary>All points are at this time, or later.</summary>
    public long Least => IsBeforeStart ? long.MinValue : StartedAt - Tolerance;

    /// <summary>All points are before this time.</summary>
    public long Until => IsBeforeStart ? StartedAt - Tolerance : long.MaxValue;
}
