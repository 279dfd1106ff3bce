namespace ActivityLog.Core.Retention;

/// <summary>How much a step deletes and how long the pause after it is, so that ingest goes on beside: most of the time belongs to it, and no step is long.</summary>
internal sealed class StepPace
{
    public const int FewestRows = 50;
    public const int MostRows = 5_000;

    // Pauses are so many times as long as the steps before them: one eighth of the time is deletion. A busy machine has longer steps, and so longer pauses.
    private const int PausePerStep = 7;

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    /// <summary>Most rows of the next step.</summary>
    public int Rows { get; private set; } = 500;

    /// <summary>Learns from a step.</summary>
    /// <returns>How long to let others work.</returns>
    public TimeSpan After(TimeSpan step)
    {
        Rows = step > s_step ? Math.Max(FewestRows, Rows / 2) : step < s_step / 2 ? Math.Min(MostRows, Rows + (Rows / 4)) : Rows;
        return PauseAfter(step);
    }

    /// <summary>How long to let others work after a step.</summary>
    public static TimeSpan PauseAfter(TimeSpan step)
    {
        var pause = step * PausePerStep;
        return pause < s_longestPause ? pause : s_longestPause;
    }
}
