namespace ActivityLog.Ingest.Monitoring;

/// <summary>What was counted in each of the last periods, such as seconds; older ones are written over. Safe to call from many threads, without a lock.</summary>
/// <param name="period">How long one lasts.</param>
/// <param name="count">How many are kept.</param>
/// <param name="clock">Says which one it is.</param>
internal sealed class TimeRing<T>(TimeSpan period, int count, TimeProvider clock)
    where T : class, new()
{
    private readonly Slot?[] _slots = new Slot?[count];

    /// <summary>The period that it is now, counted since the year 1.</summary>
    public long Now => clock.GetUtcNow().Ticks / period.Ticks;

    /// <summary>Where this period is counted.</summary>
    public T Current
    {
        get
        {
            var now = Now;
            ref var slot = ref _slots[now % count];
            while (true)
            {
                var found = Volatile.Read(ref slot);
                if (found?.Period == now)
                {
                    return found.Value;
                }

                Interlocked.CompareExchange(ref slot, new Slot(now, new T()), found);
            }
        }
    }

    /// <summary>What was counted in the periods from <paramref name="first"/> to <paramref name="last"/>, both included, where anything was.</summary>
    public IEnumerable<T> Between(long first, long last)
    {
        for (var period = Math.Max(first, last - count + 1); period <= last; period++)
        {
            if (Volatile.Read(ref _slots[period % count]) is { } slot && slot.Period == period)
            {
                yield return slot.Value;
            }
        }
    }

    private sealed record Slot(long Period, T Value);
}
