namespace ActivityLog.Ingest.Tokens;

/// <summary>What may still come with a token on this node. Safe to call from many threads.</summary>
internal sealed class TokenAllowance(TimeProvider clock)
{
    // Exporters send every few seconds what gathered since.
    private const int BurstSeconds = 10;

    private readonly Lock _lock = new();
    private double _records = double.PositiveInfinity;
    private long _recordsAt = clock.GetTimestamp();
    private DateOnly _day;
    private long _bytesOfDay;

    /// <summary>
    /// Whether a request may come now; nothing is taken. A request is taken whole once any record is left, and what it overdraws is waited for after it; of bytes
    /// it needs as many as it has.
    /// </summary>
    /// <returns>What is in the way, the day's bytes or the records, and for how long; null when nothing is.</returns>
    public (bool IsOfDay, TimeSpan Wait)? Check(int recordsPerSecond, long bytesPerDay, long bytes)
    {
        lock (_lock)
        {
            return Find(recordsPerSecond, bytesPerDay, bytes);
        }
    }

    /// <summary>
    /// As <see cref="Check"/>, and takes what the request holds when it may come: bytes always, so that a limit that is set in the course of a day finds them
    /// counted; records only where they have a limit, which alone brings them back.
    /// </summary>
    public (bool IsOfDay, TimeSpan Wait)? TryTake(int recordsPerSecond, long bytesPerDay, long records, long bytes, out TakenAllowance taken)
    {
        lock (_lock)
        {
            if (Find(recordsPerSecond, bytesPerDay, bytes) is { } found)
            {
                taken = default;
                return found;
            }

            taken = new(_day, recordsPerSecond == 0 ? 0 : records, bytes);
            _records -= taken.Records;
            _bytesOfDay += taken.Bytes;
            return null;
        }
    }

    /// <summary>Gives back what was taken for a request that wasn't stored.</summary>
    public void Return(TakenAllowance taken)
    {
        lock (_lock)
        {
            _records += taken.Records;
            _bytesOfDay -= taken.Day == _day ? taken.Bytes : 0;
        }
    }

    /// <summary>Counts what came on this day before this process began.</summary>
    public void Resume(long bytes)
    {
        lock (_lock)
        {
            BeginDay();
            _bytesOfDay += bytes;
        }
    }

    private (bool IsOfDay, TimeSpan Wait)? Find(int recordsPerSecond, long bytesPerDay, long bytes)
    {
        var now = BeginDay();
        if (bytesPerDay > 0 && _bytesOfDay + bytes > bytesPerDay)
        {
            return (true, now.Date.AddDays(1) - now);
        }

        if (recordsPerSecond == 0)
        {
            return null;
        }

        Refill(recordsPerSecond);
        return _records > 0 ? null : (false, TimeSpan.FromSeconds(Math.Ceiling((1 - _records) / recordsPerSecond)));
    }

    private void Refill(int perSecond)
    {
        var now = clock.GetTimestamp();
        var gained = clock.GetElapsedTime(_recordsAt, now).TotalSeconds * perSecond;
        _records = Math.Min(_records + gained, (double)perSecond * BurstSeconds);
        _recordsAt = now;
    }

    private DateTime BeginDay()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var day = DateOnly.FromDateTime(now);
        if (day != _day)
        {
            (_day, _bytesOfDay) = (day, 0);
        }

        return now;
    }
}
