using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>What a write changes in the row of a session.</summary>
internal sealed class SessionChange
{
    private (long? At, int? Id) _removedUser;
    private bool _hasTurned;

    public string SessionId { get; private set; } = "";

    /// <summary>Whether messages of it came; else some only went.</summary>
    public bool HasAdded { get; private set; }

    public long FirstAt { get; private set; } = long.MaxValue;

    public long LastAt { get; private set; } = long.MinValue;

    public int? UserId { get; private set; }

    public long? UserAt { get; private set; }

    /// <summary>Until when it is kept at least; null for ever.</summary>
    public long? KeptUntil { get; private set; } = 0;

    /// <summary>
    /// Whether messages went, or moved, and those that came don't reach as far: if they were its first or last, its times must be read from what is left.
    /// </summary>
    public bool MustRead => RemovedLastAt != long.MinValue
        && (_hasTurned || FirstAt > RemovedFirstAt || LastAt < RemovedLastAt || Later((UserAt, UserId), _removedUser) != (UserAt, UserId));

    public long RemovedFirstAt { get; private set; } = long.MaxValue;

    public long RemovedLastAt { get; private set; } = long.MinValue;

    public void Add(MessageRow row)
    {
        HasAdded = true;
        SessionId = row.SessionId!;
        FirstAt = Math.Min(FirstAt, StartOf(row));
        LastAt = Math.Max(LastAt, row.OccurredAt);
        KeptUntil = SharedExpiry.Later(KeptUntil, SharedExpiry.Noted(UnixMicroseconds.ToDateTime(row.ExpiresAt)));
        if (row.UserId is { } user)
        {
            (UserAt, UserId) = Later((UserAt, UserId), (row.OccurredAt, user));
        }
    }

    public void Remove(MessageRow row)
    {
        RemovedFirstAt = Math.Min(RemovedFirstAt, StartOf(row));
        RemovedLastAt = Math.Max(RemovedLastAt, row.OccurredAt);
        if (row.UserId is { } user)
        {
            _removedUser = Later(_removedUser, (row.OccurredAt, user));
        }
    }

    /// <summary>A message that counts no more, of those that came perhaps: what they reach isn't known any more.</summary>
    public void Repeat(MessageRow row)
    {
        Remove(row);
        _hasTurned = true;
    }

    /// <summary>Whatever its row says, it is read from its messages.</summary>
    public void ReadAnew() => (RemovedFirstAt, RemovedLastAt) = (long.MinValue, long.MaxValue);

    private static (long? At, int? Id) Later((long? At, int? Id) one, (long? At, int? Id) other) =>
        Comparer<(long?, int?)>.Default.Compare(one, other) >= 0 ? one : other;

    private static long StartOf(MessageRow row) => row.StartedAt ?? row.OccurredAt;
}
