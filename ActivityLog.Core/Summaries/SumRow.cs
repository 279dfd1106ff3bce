namespace ActivityLog.Core.Summaries;

/// <summary>
/// What all tables of sums have in common. Their rows are signed deltas, written in the transaction of the rows that they sum up and never changed: a sum is the
/// sum of all rows, and has no row of its own. What is added to no other row is locked by nobody.
/// </summary>
public abstract class SumRow
{
    public int SystemKey { get; set; }
    public SummaryGrain Grain { get; set; }

    /// <summary>Which quarter or day.</summary>
    public int At { get; set; }
}
