namespace ActivityLog.Ingest.Otlp;

/// <summary>A request whose sender was told to try again while it was being stored.</summary>
/// <param name="key">The token it came with, and what tells its content.</param>
/// <param name="at">When the sender was told, as a timestamp of the clock.</param>
internal sealed class UndecidedRequest((int TokenKey, UInt128 Content) key, long at)
{
    private int _isCounted;

    public (int TokenKey, UInt128 Content) Key => key;

    public long At => at;

    /// <summary>True for the first that asks: whoever stored it counts it.</summary>
    public bool TryCount() => Interlocked.Exchange(ref _isCounted, 1) == 0;
}
