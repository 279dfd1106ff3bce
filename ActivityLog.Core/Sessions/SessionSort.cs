namespace ActivityLog.Core.Sessions;

/// <summary>What a list of sessions is ordered by, the largest first.</summary>
public enum SessionSort
{
    /// <summary>What it cost.</summary>
    Cost,

    /// <summary>When it ended: the latest first.</summary>
    Time,

    /// <summary>How long it took from its first message to its last.</summary>
    Length,

    /// <summary>How many calls failed for good.</summary>
    Errors,
}
