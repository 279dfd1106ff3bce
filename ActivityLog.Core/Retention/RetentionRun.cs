namespace ActivityLog.Core.Retention;

/// <summary>The one row of <c>retention_runs</c>: how the latest run goes or went, on whichever node.</summary>
public sealed class RetentionRun
{
    /// <summary>The row's id.</summary>
    public const int Latest = 1;

    // It tells of itself every few seconds.
    private static readonly TimeSpan s_silent = TimeSpan.FromMinutes(1);

    /// <summary>Always <see cref="Latest"/>.</summary>
    public int Id { get; set; } = Latest;

    /// <summary>Name of the machine that ran it.</summary>
    public required string Node { get; set; }

    /// <summary>When it began, UTC.</summary>
    public DateTime StartedAt { get; set; }

    /// <summary>When it last deleted something or looked in vain, UTC.</summary>
    public DateTime ActiveAt { get; set; }

    /// <summary>When it ended, UTC; null while it goes on, or when its process ended first.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Why it ended before all was deleted; null when it didn't.</summary>
    public string? Error { get; set; }

    /// <summary>How it stands.</summary>
    public RetentionState StateAt(DateTime now) =>
        Error is not null ? RetentionState.Failed :
        EndedAt is not null ? RetentionState.Done :
        now - ActiveAt < s_silent ? RetentionState.Working : RetentionState.Interrupted;
}
