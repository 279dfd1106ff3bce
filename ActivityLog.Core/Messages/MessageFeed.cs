namespace ActivityLog.Core.Messages;

/// <summary>
/// Tells subscribers in this process that messages came, to this node or another. It says <em>that</em> something changed; who wants to see what reads it from the store.
/// Safe to call from many threads.
/// </summary>
public sealed class MessageFeed(TimeProvider clock)
{
    private const int Seconds = 60;

    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[Seconds];
    private long _second;
    private Action<IReadOnlyCollection<int>>[] _subscribers = [];
    private Action<IReadOnlyCollection<int>>[] _ownSubscribers = [];

    /// <summary>New messages of the last 60 seconds, on this node.</summary>
    public long PerMinute
    {
        get
        {
            lock (_lock)
            {
                Advance();
                return _counts.Sum();
            }
        }
    }

    /// <summary>Calls <paramref name="changed"/> with the numbers of the Systems after each commit. It must return at once and not throw.</summary>
    /// <returns>Ends the subscription when disposed.</returns>
    public IDisposable Subscribe(Action<IReadOnlyCollection<int>> changed)
    {
        lock (_lock)
        {
            _subscribers = [.. _subscribers, changed];
        }

        return new Subscription(this, changed);
    }

    /// <summary>The same, but only of what this node committed.</summary>
    internal IDisposable SubscribeOwn(Action<IReadOnlyCollection<int>> changed)
    {
        lock (_lock)
        {
            _ownSubscribers = [.. _ownSubscribers, changed];
        }

        return new Subscription(this, changed);
    }

    /// <summary>Tells that a commit changed messages of these Systems.</summary>
    public void Publish(IReadOnlyCollection<int> systemKeys, int newMessages)
    {
        Action<IReadOnlyCollection<int>>[] own;
        lock (_lock)
        {
            Advance();
            _counts[_second % Seconds] += newMessages;
            own = _ownSubscribers;
        }

        foreach (var subscriber in own)
        {
            subscriber(systemKeys);
        }

        Relay(systemKeys);
    }

    /// <summary>Tells that another node changed messages of these Systems.</summary>
    internal void Relay(IReadOnlyCollection<int> systemKeys)
    {
        Action<IReadOnlyCollection<int>>[] subscribers;
        lock (_lock)
        {
            subscribers = _subscribers;
        }

        foreach (var subscriber in subscribers)
        {
            subscriber(systemKeys);
        }
    }

    private void Advance()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        for (var second = Math.Max(_second + 1, now - Seconds + 1); second <= now; second++)
        {
            _counts[second % Seconds] = 0;
        }

        _second = Math.Max(_second, now);
    }

    private void Unsubscribe(Action<IReadOnlyCollection<int>> changed)
    {
        lock (_lock)
        {
            _subscribers = [.. _subscribers.Where(one => one != changed)];
            _ownSubscribers = [.. _ownSubscribers.Where(one => one != changed)];
        }
    }

    private sealed class Subscription(MessageFeed feed, Action<IReadOnlyCollection<int>> changed) : IDisposable
    {
        public void Dispose() => feed.Unsubscribe(changed);
    }
}
