using ActivityLog.Core.Storage;

namespace ActivityLog.Ingest.Monitoring;

/// <summary>
/// Rows that are counted in memory and stored in the background, so that no request waits for them: those of one key are put together. What can't be stored stays,
/// in bounded space, until it can. Safe to call from many threads.
/// </summary>
/// <param name="most">Most keys that are kept.</param>
/// <param name="merge">Puts two rows of one key together.</param>
internal sealed class PendingRows<TKey, TRow>(int most, Func<TRow, TRow, TRow> merge)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private Dictionary<TKey, TRow> _rows = [];
    private Dictionary<TKey, TRow> _leaving = [];

    /// <summary>Adds a row. False when there is no room for another key.</summary>
    public bool Add(TKey key, TRow row)
    {
        lock (_lock)
        {
            return AddLocked(key, row);
        }
    }

    /// <summary>All that isn't stored yet; one key may have two rows.</summary>
    public IReadOnlyList<TRow> Snapshot()
    {
        lock (_lock)
        {
            return [.. _rows.Values, .. _leaving.Values];
        }
    }

    /// <summary>Stores what there is. Not for two callers at once.</summary>
    /// <param name="write">Stores all of the rows or none. When the store is unavailable, or it is given up, they stay; what can't be stored at all doesn't.</param>
    public async Task FlushAsync(Func<IReadOnlyCollection<TRow>, Task> write)
    {
        lock (_lock)
        {
            if (_rows.Count == 0)
            {
                return;
            }

            (_leaving, _rows) = (_rows, []);
        }

        try
        {
            await write(_leaving.Values);
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            lock (_lock)
            {
                foreach (var (key, row) in _leaving)
                {
                    AddLocked(key, row);
                }
            }

            throw;
        }
        finally
        {
            lock (_lock)
            {
                _leaving = [];
            }
        }
    }

    private bool AddLocked(TKey key, TRow row)
    {
        if (_rows.TryGetValue(key, out var known))
        {
            _rows[key] = merge(known, row);
            return true;
        }

        return _rows.Count < most && _rows.TryAdd(key, row);
    }
}
