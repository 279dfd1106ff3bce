namespace ActivityLog.Core.Retention;

/// <summary>How a run stands.</summary>
public enum RetentionState
{
    /// <summary>It deletes.</summary>
    Working,

    /// <summary>All that was due is deleted.</summary>
    Done,

    /// <summary>It failed; the next one goes on.</summary>
    Failed,

    /// <summary>Its process ended first; the next one goes on.</summary>
    Interrupted,
}
