namespace ActivityLog.Core.Nodes;

/// <summary>Whether this node hears at once what other nodes change. Safe to call from many threads.</summary>
/// <param name="clock">Measures how long ago it was sure.</param>
/// <param name="isAlone">True where there are no other nodes.</param>
internal sealed class Listening(TimeProvider clock, bool isAlone)
{
    // A connection that is dead without a word shows only by what doesn't come.
    private static readonly TimeSpan s_trusted = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private long? _heardAt;

    /// <summary>Whether what changed until two seconds ago at most has been heard here.</summary>
    public bool IsSure
    {
        get
        {
            lock (_lock)
            {
                return isAlone || (_heardAt is { } at && clock.GetElapsedTime(at) < s_trusted);
            }
        }
    }

    /// <summary>The connection lives, and all that was told before has come.</summary>
    public void Heard()
    {
        lock (_lock)
        {
            _heardAt = clock.GetTimestamp();
        }
    }

    /// <summary>The connection was lost.</summary>
    public void Lost()
    {
        lock (_lock)
        {
            _heardAt = null;
        }
    }
}
