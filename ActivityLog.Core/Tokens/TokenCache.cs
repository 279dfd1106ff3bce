using System.Collections.Concurrent;

namespace ActivityLog.Core.Tokens;

/// <summary>
/// What was found of secrets within the last two seconds, by their hashes. A token revoked on another node is refused here after that time; what changes on
/// this node clears it at once. Safe to call from many threads.
/// </summary>
internal sealed class TokenCache(TimeProvider clock)
{
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(2);

    // Past this many, all of the kind are asked for again. Those never made have their own place, so that a flood of them doesn't push out the others.
    private const int MaxKnown = 10_000;
    private const int MaxUnknown = 1_000;

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Entry> _unknown = new(StringComparer.Ordinal);
    private long _generation;

    /// <summary>Changes when what was found before may be true no more.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>What was found of a hash, while it is fresh.</summary>
    public TokenCheck? Find(string hash) =>
        (_known.TryGetValue(hash, out var entry) || _unknown.TryGetValue(hash, out entry)) && clock.GetElapsedTime(entry.At) < s_freshness ? entry.Check : null;

    /// <summary>Remembers what was found of a hash, unless something changed since <paramref name="generation"/> was read.</summary>
    public void Add(string hash, TokenCheck check, long generation)
    {
        var (entries, most) = check.Token is null ? (_unknown, MaxUnknown) : (_known, MaxKnown);
        if (entries.Count >= most)
        {
            entries.Clear();
        }

        entries[hash] = new Entry(check, clock.GetTimestamp());
        if (Generation != generation)
        {
            entries.TryRemove(hash, out _);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
        _unknown.Clear();
    }

    private readonly record struct Entry(TokenCheck Check, long At);
}
