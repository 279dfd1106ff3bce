using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Monitoring;

namespace ActivityLog.Ingest.Tokens;

/// <summary>Counts refusals by the hour, token, address and reason, in memory until they are stored. Bounded; safe to call from many threads.</summary>
public sealed class RefusalLog(TimeProvider clock)
{
    /// <summary>Most kinds of refusals of one known token within one hour that are told apart; what is past it is counted together.</summary>
    public const int MaxOfToken = 100;

    /// <summary>The same of everybody else, who so can't crowd out those of known tokens.</summary>
    public const int MaxUnknown = 100;

    /// <summary>What stands for the address and the reason of those past the bound.</summary>
    public const string Others = "others";

    // Of all known tokens together: more than any token that sends wrong makes.
    private const int MaxKnown = 2_000;

    // A database that is away for hours on end.
    private const int MaxPending = 20_000;

    private readonly PendingRows<Kind, Refusal> _pending = new(MaxPending, static (one, other) => one.With(other));
    private readonly Lock _lock = new();
    private readonly HashSet<Kind> _known = [];
    private readonly Dictionary<int, int> _ofToken = [];
    private readonly HashSet<Kind> _unknown = [];
    private DateTime _hour;

    /// <summary>Counts refusals.</summary>
    public void Add(int? systemKey, int? tokenKey, string? token, string source, int statusCode, string reason, long count = 1)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var shown = BodyText.Cut(reason, RefusalRow.MaxReasonLength, out var cut) + (cut ? "…" : "");
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
                _ofToken.Clear();
                _unknown.Clear();
            }

            if (kind.TokenKey is not { } token)
            {
                return _unknown.Contains(kind) || (_unknown.Count < MaxUnknown && _unknown.Add(kind));
            }

            var others = _ofToken.GetValueOrDefault(token);
            if (_known.Contains(kind) || others >= MaxOfToken || _known.Count >= MaxKnown)
            {
                return _known.Contains(kind);
            }

            _ofToken[token] = others + 1;
            return _known.Add(kind);
        }
    }

    private sealed record Kind(DateTime Hour, int? TokenKey, string? Token, string Source, int StatusCode, string Reason);
}
