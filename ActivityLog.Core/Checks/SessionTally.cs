using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Checks;

/// <summary>What one session, or a person without one, tells of spend, by events, by spans and by metrics, and what follows from that.</summary>
internal sealed class SessionTally
{
    private readonly List<(long Time, long Number, bool IsAsked)> _numbers = [];
    private SpendTold _paired;
    private SpendTold _eventsAlone;
    private SpendTold _spansAlone;
    private SpendTold _spansOfPairs;
    private SpendTold _repeats;
    private long _withoutId;
    private bool _hasEvents;
    private bool _hasSpans;

    /// <summary>The sender's id of the session; null for what has none.</summary>
    public string? SessionId { get; init; }

    /// <summary>Number of the person's name; null for none.</summary>
    public int? UserId { get; init; }

    /// <summary>By events.</summary>
    public SpendTold Events => _paired + _eventsAlone;

    /// <summary>By spans.</summary>
    public SpendTold Spans => _spansOfPairs + _spansAlone + _repeats;

    /// <summary>By metrics.</summary>
    public SpendTold Metrics { get; private set; }

    /// <summary>What of that no call tells, so that it counts.</summary>
    public SpendTold MetricsAlone { get; private set; }

    /// <summary>Whether there are metrics of it.</summary>
    public bool HasMetrics { get; private set; }

    /// <summary>Whether a call has a cost.</summary>
    public bool HasCost { get; private set; }

    /// <summary>What reports count.</summary>
    public SpendTold Counted => Events + _spansAlone + MetricsAlone;

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message.</param>
    public void Add(CheckedMessage message)
    {
        var (isEvent, isSpan) = (message.Parts.HasFlag(MessageParts.Event), message.Parts.HasFlag(MessageParts.Span));
        _hasEvents |= isEvent;
        _hasSpans |= isSpan;
        if (isEvent && message.Number is { } number)
        {
            _numbers.Add((message.OccurredAt, number, true));
        }

        if (!message.IsAsked)
        {
            return;
        }

        if (message.Type == MessageType.Repeat && message.Told.Tokens > 0)
        {
            _repeats += message.Told;
        }

        if (message.Type != MessageType.Generation)
        {
            return;
        }

        HasCost |= message.HasCost;
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

    /// <summary>Whether numbers of events seem to be missing.</summary>
    public bool HasGaps => SequenceGaps.Missing(_numbers) > 0;

    /// <summary>Adds the number of an event that isn't asked, but may be what seems to be missing.</summary>
    public void AddBeyond(long occurredAt, long number) => _numbers.Add((occurredAt, number, false));

    /// <summary>Adds what metrics tell.</summary>
    public void Add(SpendTold metrics)
    {
        Metrics += metrics;
        HasMetrics = true;
    }

    /// <summary>Adds what of the metrics no call tells.</summary>
    public void AddAlone(SpendTold metrics) => MetricsAlone += metrics;

    /// <summary>Why events and spans differ.</summary>
    public IEnumerable<(SpendDifferenceKind Kind, long Count, SpendTold Spend)> Differences()
    {
        if (SequenceGaps.Missing(_numbers) is > 0 and var lost)
        {
            yield return (SpendDifferenceKind.LostBatch, lost, default);
        }

        // Without spans there is nothing that an id would have to be matched with.
        if (_withoutId > 0 && _hasSpans)
        {
            yield return (SpendDifferenceKind.TooOld, _withoutId, default);
        }

        foreach (var difference in _hasEvents ? Matched() : Spanned())
        {
            yield return difference;
        }
    }

    // Where no events came only a span within another one repeats.
    private IEnumerable<(SpendDifferenceKind Kind, long Count, SpendTold Spend)> Spanned()
    {
        if (_repeats.Calls > 0)
        {
            yield return (SpendDifferenceKind.Repeated, _repeats.Calls, _repeats);
        }

        if (_spansAlone.Calls > 0)
        {
            yield return (SpendDifferenceKind.NoEvents, _spansAlone.Calls, _spansAlone);
        }
    }

    // Without ids events and spans are matched by their number alone: which of them are left over isn't known, so neither is their cost.
    private IEnumerable<(SpendDifferenceKind Kind, long Count, SpendTold Spend)> Matched()
    {
        var told = Math.Min(_repeats.Calls, _eventsAlone.Calls);
        if (told > 0)
        {
            yield return (SpendDifferenceKind.Repeated, told, (_repeats.Calls > told ? _eventsAlone : _repeats) with { Calls = told, CostNanodollars = 0 });
        }

        if (_eventsAlone.Calls > told)
        {
            yield return (
                _hasSpans ? SpendDifferenceKind.EventWithoutSpan : SpendDifferenceKind.NoSpans, _eventsAlone.Calls - told, told == 0 ? _eventsAlone : Rest(_eventsAlone, _repeats));
        }

        if (_spansAlone.Calls + _repeats.Calls > told)
        {
            yield return (
                SpendDifferenceKind.SpanWithoutEvent, _spansAlone.Calls + _repeats.Calls - told,
                _spansAlone + (_repeats.Calls == told ? default : told == 0 ? _repeats : Rest(_repeats, _eventsAlone)));
        }
    }

    private static SpendTold Rest(SpendTold more, SpendTold less) => more - less with { CostNanodollars = more.CostNanodollars };
}
