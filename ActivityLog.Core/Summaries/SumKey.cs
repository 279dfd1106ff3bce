namespace ActivityLog.Core.Summaries;

/// <summary>
/// What is summed up together: while it is folded, by the quarter and the day that it lies in, else by the one time of its grain (<c>Day</c> is the number of a week,
/// too). A table without sessions has 0 for one. The dimensions are those of the table, in its order; 0 for none.
/// </summary>
internal readonly record struct SumKey(int System, int Quarter, int Day, long Session, long Set, int First, int Second = 0, int Third = 0, int Fourth = 0, int Fifth = 0)
{
    /// <summary>A dimension by its place.</summary>
    public int this[int dimension] => dimension switch { 0 => First, 1 => Second, 2 => Third, 3 => Fourth, _ => Fifth };
}
