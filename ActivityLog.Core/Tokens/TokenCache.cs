using System.Collections.Concurrent;
using ActivityLog.Core.Nodes;

namespace ActivityLog.Core.Tokens;

/// <summary>
/// What was found of secrets, by their hashes. What changes on this node clears it at once; so does what changes on others, while this node hears them. While it
/// doesn't, what was found is good for two seconds. Safe to call from many threads.
/// </summary>
internal sealed class TokenCache(Listening listening, TimeProvider clock)
{
    private static readonly TimeSpan s_heard = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_unheard = TimeSpan.FromSeconds(2);

    // Past this many, all of the kind are asked for again. Those never made have their own place, so that a flood of them doesn't push out the others.
    private const int MaxKnown = 10_000;
    private const int MaxUnknown = 1_000;

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Entry> _unknown = new(StringComparer.Ordinal);
    private long _generation;

    /// <summary>Changes when what was found before may be true no more.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>What was found of a hash, while it is still true.</summary>
    public TokenCheck? Find(string hash) =>
        _known.TryGetValue(hash, out var entry) && IsFresh(entry, listening.IsSure ? s_heard : s_unheard) ? entry.Check :
        _unknown.TryGetValue(hash, out entry) && IsFresh(entry, s_unheard) ? entry.Check :
        null;

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

    // A token that was good expires without anybody's change.
    private bool IsFresh(Entry entry, TimeSpan freshness) =>
        clock.GetElapsedTime(entry.At) < freshness && !(entry.Check.Sender is not null && entry.Check.Token?.ExpiresAt <= clock.GetUtcNow().UtcDateTime);

    private readonly record struct Entry(TokenCheck Check, long At);
}
