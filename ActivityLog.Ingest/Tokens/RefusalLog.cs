using ActivityLog.Core.Tokens;

namespace ActivityLog.Ingest.Tokens;

/// <summary>Counts refusals of the last 24 hours by token and reason, in memory, on this node. Bounded; safe to call from many threads.</summary>
public sealed class RefusalLog(TimeProvider clock)
{
    /// <summary>Most kinds of refusals of known tokens that are kept apart; past it the longest unseen of them go.</summary>
    public const int MaxKnown = 1000;

    /// <summary>The same of everybody else, who so can't make those of known tokens go.</summary>
    public const int MaxUnknown = 200;

    private static readonly TimeSpan s_kept = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<(int? TokenKey, string? Token, string Source, int StatusCode, string Reason), Refusal> _entries = [];

    /// <summary>Refusals of the last 24 hours, the newest first.</summary>
    public IReadOnlyList<Refusal> List() => List(static _ => true);

    /// <summary>Refusals of a System's tokens in the last 24 hours, the newest first.</summary>
    public IReadOnlyList<Refusal> ListOfSystem(int systemKey) => List(refusal => refusal.SystemKey == systemKey);

    /// <summary>Refusals of a token in the last 24 hours, the newest first.</summary>
    public IReadOnlyList<Refusal> ListOfToken(int tokenKey) => List(refusal => refusal.TokenKey == tokenKey);

    /// <summary>Refusals of the last 24 hours whose token isn't known here, the newest first.</summary>
    public IReadOnlyList<Refusal> ListOfUnknown() => List(static refusal => refusal.TokenKey is null);

    /// <summary>Counts refusals.</summary>
    public void Add(int? systemKey, int? tokenKey, string? token, string source, int statusCode, string reason, long count = 1)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var key = (tokenKey, token, source, statusCode, reason);
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = now - entry.LastAt > s_kept
                    ? entry with { Count = count, FirstAt = now, LastAt = now }
                    : entry with { Count = entry.Count + count, LastAt = now };
                return;
            }

            var ofItsKind = _entries.Where(pair => pair.Key.TokenKey is null == tokenKey is null).ToList();
            if (ofItsKind.Count >= (tokenKey is null ? MaxUnknown : MaxKnown))
            {
                _entries.Remove(ofItsKind.MinBy(static pair => pair.Value.LastAt).Key);
            }

            _entries.Add(key, new(systemKey, tokenKey, token, source, statusCode, reason, count, now, now));
        }
    }

    private List<Refusal> List(Func<Refusal, bool> isWanted)
    {
        var since = clock.GetUtcNow().UtcDateTime - s_kept;
        lock (_lock)
        {
            return [.. _entries.Values.Where(refusal => refusal.LastAt >= since && isWanted(refusal)).OrderByDescending(static refusal => refusal.LastAt)];
        }
    }
}
