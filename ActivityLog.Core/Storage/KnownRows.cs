using System.Collections.Concurrent;

namespace ActivityLog.Core.Storage;

/// <summary>Rows that this node knows to be in the database, with the time until which they are kept there at least. Safe to call from many threads.</summary>
internal sealed class KnownRows<TKey>
    where TKey : notnull
{
    // Past this many all are asked for again.
    private const int MaxRemembered = 200_000;

    private readonly ConcurrentDictionary<TKey, long?> _keptUntil = new();

    /// <summary>Whether the row was there, however long it is kept.</summary>
    public bool Contains(TKey key) => _keptUntil.ContainsKey(key);

    /// <summary>Whether the row is there, and stays for as long as one that refers to it, is written now and expires then.</summary>
    public bool Covers(TKey key, DateTime? expiresAt, DateTime now) => _keptUntil.TryGetValue(key, out var noted) && SharedExpiry.Covers(noted, expiresAt, now);

    /// <summary>Remembers a row; only once its transaction is committed.</summary>
    public void Add(TKey key, long? keptUntil) => _keptUntil[key] = keptUntil;

    /// <summary>Makes room.</summary>
    public void Forget()
    {
        if (_keptUntil.Count > MaxRemembered)
        {
            _keptUntil.Clear();
        }
    }
}
