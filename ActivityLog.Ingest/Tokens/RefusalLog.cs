using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Monitoring;

namespace ActivityLog.Ingest.Tokens;

/// <summary>Counts refusals by the hour, token, address and reason, in memory until they are stored. Bounded; safe to call from many threads.</summary>
public sealed class RefusalLog(TimeProvider clock)
{
    /// <summary>Most kinds of refusals of known tokens within one hour that are told apart; what is past it is counted together.</summary>
    public const int MaxKnown = 500;

    /// <summary>The same of everybody else, who so can't crowd out those of known tokens.</summary>
    public const int MaxUnknown = 100;

    /// <summary>What stands for the address and the reason of those past the bound.</summary>
    public const string Others = "others";

    // A database that is away for a day and a night.
    private const int MaxPending = 20_000;

    private readonly PendingRows<Kind, Refusal> _pending = new(MaxPending, static (one, other) => one.With(other));
    private readonly Lock _lock = new();
    private readonly HashSet<Kind> _known = [];
    private readonly HashSet<Kind> _unknown = [];
    private DateTime _hour;

    /// <summary>Counts refusals.</summary>
    public void Add(int? systemKey, int? tokenKey, string? token, string source, int statusCode, string reason, long count = 1)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var shown = reason.Length > RefusalRow.MaxReasonLength ? reason[..RefusalRow.MaxReasonLength] + "…" : reason;
        var kind = new Kind(Hours.Of(now), tokenKey, token, source, statusCode, shown);
        if (!IsToldApart(kind))
        {
            kind = kind with { Token = tokenKey is null ? null : token, Source = Others, Reason = Others };
        }

        _pending.Add(kind, new(systemKey, tokenKey, kind.Token, kind.Source, statusCode, kind.Reason, count, now, now));
    }

    /// <summary>Those of the last 24 hours that aren't stored yet, the newest first.</summary>
    public IReadOnlyList<Refusal> List()
    {
        var since = clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(24);
        return Refusal.Sum(_pending.Snapshot().Where(refusal => refusal.LastAt >= since));
    }

    internal Task FlushAsync(IRefusalStore store, CancellationToken cancellationToken) => _pending.FlushAsync(rows => store.AddAsync(rows, cancellationToken));

    private bool IsToldApart(Kind kind)
    {
        lock (_lock)
        {
            if (_hour != kind.Hour)
            {
                _hour = kind.Hour;
                _known.Clear();
                _unknown.Clear();
            }

            var (kinds, most) = kind.TokenKey is null ? (_unknown, MaxUnknown) : (_known, MaxKnown);
            return kinds.Contains(kind) || (kinds.Count < most && kinds.Add(kind));
        }
    }

    private sealed record Kind(DateTime Hour, int? TokenKey, string? Token, string Source, int StatusCode, string Reason);
}
