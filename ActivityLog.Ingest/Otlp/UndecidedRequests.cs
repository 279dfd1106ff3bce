using System.IO.Hashing;

namespace ActivityLog.Ingest.Otlp;

/// <summary>
/// Requests whose senders were told to try again before it was known what became of them. The same content that comes again with the same token is the same request:
/// it takes nothing more of the token's limits, and is counted once, whichever of the two is stored. Bounded; safe to call from many threads.
/// </summary>
internal sealed class UndecidedRequests(TimeProvider clock)
{
    private const int MaxKept = 10_000;

    // Longer than any sender goes on trying the same request.
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<(int TokenKey, UInt128 Content), UndecidedRequest> _known = [];
    private readonly Queue<UndecidedRequest> _oldestFirst = new();

    /// <summary>Keeps a request.</summary>
    public UndecidedRequest Add(int tokenKey, ReadOnlySpan<byte> body)
    {
        var request = new UndecidedRequest((tokenKey, XxHash128.HashToUInt128(body)), clock.GetTimestamp());
        lock (_lock)
        {
            DropOld();
            if (!_known.TryAdd(request.Key, request))
            {
                return _known[request.Key];
            }

            _oldestFirst.Enqueue(request);
            return request;
        }
    }

    /// <summary>The request that this one repeats; null for none, as nearly always.</summary>
    public UndecidedRequest? Find(int tokenKey, ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            DropOld();
            if (_known.Count == 0)
            {
                return null;
            }
        }

        var key = (tokenKey, XxHash128.HashToUInt128(body));
        lock (_lock)
        {
            return _known.GetValueOrDefault(key);
        }
    }

    /// <summary>Forgets a request that wasn't stored: its repeat is the first of its kind.</summary>
    public void Remove(UndecidedRequest request)
    {
        lock (_lock)
        {
            _known.Remove(request.Key);
        }
    }

    private void DropOld()
    {
        while (_oldestFirst.TryPeek(out var oldest) && (_oldestFirst.Count > MaxKept || clock.GetElapsedTime(oldest.At) > s_kept))
        {
            _oldestFirst.Dequeue();
            if (_known.GetValueOrDefault(oldest.Key) == oldest)
            {
                _known.Remove(oldest.Key);
            }
        }
    }
}
