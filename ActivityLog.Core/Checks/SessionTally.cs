using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Checks;

/// <summary>What one session tells of its spend, by events, by spans and by metrics, and what follows from that.</summary>
internal sealed class SessionTally
{
    // Metrics add binary numbers: a microdollar and a millionth are below what they can tell.
    private const long LeastCost = 1_000;
    private const double LeastPart = 1e-6;

    private readonly List<(long Time, long Number)> _numbers = [];
    private SpendTold _paired;
    private SpendTold _eventsAlone;
    private SpendTold _spansAlone;
    private SpendTold _spansOfPairs;
    private SpendTold _repeats;
    private long _withoutId;
    private bool _hasEvents;
    private bool _hasSpans;
    private bool _hasMetrics;
    private bool _hasCost;

    /// <summary>The sender's id of the session; null for what has none.</summary>
    public string? SessionId { get; set; }

    /// <summary>By events.</summary>
    public SpendTold Events => _paired + _eventsAlone;

    /// <summary>By spans.</summary>
    public SpendTold Spans => _spansOfPairs + _spansAlone + _repeats;

    /// <summary>By metrics.</summary>
    public SpendTold Metrics { get; private set; }

    /// <summary>What reports count.</summary>
    public SpendTold Counted => Events + _spansAlone + (_hasCost ? default : Metrics with { Calls = 0 });

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message.</param>
    public void Add(CheckedMessage message)
    {
        var (isEvent, isSpan) = (message.Parts.HasFlag(MessageParts.Event), message.Parts.HasFlag(MessageParts.Span));
        _hasEvents |= isEvent;
        _hasSpans |= isSpan;
        if (isEvent && message.Number is { } number)
        {
            _numbers.Add((message.OccurredAt, number));
        }

        if (message.Type == MessageType.Repeat && message.Told.Tokens > 0)
        {
            _repeats += message.Told;
        }

        if (message.Type != MessageType.Generation || !message.IsAsked)
        {
            return;
        }

        _hasCost |= message.HasCost;
        _withoutId += isEvent && !message.HasRequestId ? 1 : 0;
        switch (isEvent, isSpan)
        {
            case (true, true):
                _paired += message.Told;
                _spansOfPairs += message.ToldBySpan;
                break;
            case (true, false):
                _eventsAlone += message.Told;
                break;
            default:
                _spansAlone += message.Told;
                break;
        }
    }

    /// <summary>Adds what metrics tell.</summary>
    public void Add(SpendTold metrics)
    {
        Metrics += metrics;
        _hasMetrics = true;
    }

    /// <summary>Why the three differ in this session.</summary>
    public IEnumerable<(SpendDifferenceKind Kind, long Count, SpendTold Spend)> Differences()
    {
        if (SequenceGaps.Missing(_numbers) is > 0 and var lost)
        {
            yield return (SpendDifferenceKind.LostBatch, lost, default);
        }

        if (_withoutId > 0)
        {
            yield return (SpendDifferenceKind.TooOld, _withoutId, default);
        }

        // Without ids events and spans are matched by their number alone.
        var told = Math.Min(_repeats.Calls, _eventsAlone.Calls);
        if (told > 0)
        {
            yield return (SpendDifferenceKind.Repeated, told, _repeats);
        }

        if (_eventsAlone.Calls > told)
        {
            yield return (
                _hasSpans ? SpendDifferenceKind.EventWithoutSpan : SpendDifferenceKind.NoSpans, _eventsAlone.Calls - told, told == 0 ? _eventsAlone : _eventsAlone - _repeats);
        }

        if (_spansAlone.Calls + _repeats.Calls > told)
        {
            yield return (
                _hasEvents ? SpendDifferenceKind.SpanWithoutEvent : SpendDifferenceKind.NoEvents,
                _spansAlone.Calls + _repeats.Calls - told, told == 0 ? _spansAlone + _repeats : _spansAlone);
        }

        if (MetricDifference() is { } difference)
        {
            yield return difference;
        }
    }

    private (SpendDifferenceKind Kind, long Count, SpendTold Spend)? MetricDifference()
    {
        if (!_hasMetrics)
        {
            return _hasCost ? (SpendDifferenceKind.NoMetrics, Events.Calls, Events) : null;
        }

        if (!_hasCost)
        {
            return Metrics.CostNanodollars == 0 ? null : (SpendDifferenceKind.MetricsOnly, 1, Metrics);
        }

        var more = Metrics - Events with { Calls = Metrics.Calls };
        var isSame = Math.Abs(more.CostNanodollars) <= Math.Max(LeastCost, Math.Abs(Events.CostNanodollars) * LeastPart) && IsNone(more);
        return isSame ? null : (SpendDifferenceKind.MetricsDiffer, 1, more);
    }

    private static bool IsNone(SpendTold more) => (more.InputTokens, more.OutputTokens, more.CacheReadTokens, more.CacheCreateTokens) == (0, 0, 0, 0);
}
