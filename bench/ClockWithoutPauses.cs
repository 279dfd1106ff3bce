namespace ActivityLog.Bench;

/// <summary>The system's clock, but every delay by it is over at once.</summary>
internal sealed class ClockWithoutPauses : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
}
