namespace ActivityLog.Core.Queries;

/// <summary>What is made of a group's rows.</summary>
public enum AggregateFunction
{
    /// <summary>How many rows.</summary>
    Count,

    /// <summary>The exact sum; 0 where no row has a value.</summary>
    Sum,

    /// <summary>The mean of the rows with a value.</summary>
    Avg,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>The median: like all percentiles by nearest rank, the smallest value that at least so many per cent of the values don't exceed.</summary>
    P50,

    /// <summary>The 95th percentile.</summary>
    P95,

    /// <summary>The 99th percentile.</summary>
    P99,

    /// <summary>How many different values.</summary>
    Distinct,
}
