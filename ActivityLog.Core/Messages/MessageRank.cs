namespace ActivityLog.Core.Messages;

/// <summary>
/// What of a row, or of a report that came, decides what the two make together (DESIGN 5, rule 2). Of events that bear one id, the one that tells tokens, with the
/// larger cost, then output, speaks for the call; without an event, the span that began last, which is the inner one where two libraries tell one call. What the
/// speaker leaves open is the largest that the others tell: of other events, else of spans.
/// </summary>
internal readonly record struct MessageRank(
    MessageParts Parts, MessageMarks Marks, long? Cost, long? Output, long? Input, long? CacheRead, long? CacheCreate, DateTime OccurredAt, DateTime? StartedAt, long? SpanId)
{
    /// <summary>The marks that are told by what is in a row together.</summary>
    public const MessageMarks Marking = Borrowed | MessageMarks.Conflict | MessageMarks.TimeOfArrival;

    private const MessageMarks Borrowed = MessageMarks.TokensOfSpan | MessageMarks.CostOfSpan | MessageMarks.CostOfOtherEvent;

    public static MessageRank Of(Message message) => new(
        message.Parts, message.Marks, message.CostNanodollars, message.OutputTokens, message.InputTokens, message.CacheReadTokens, message.CacheCreateTokens,
        AsKept(message.OccurredAt), message.StartedAt is { } startedAt ? AsKept(startedAt) : null, message.SpanId);

    private bool HasTime => !Marks.HasFlag(MessageMarks.TimeOfArrival);

    private bool HasEvent => Parts.HasFlag(MessageParts.Event);

    private bool HasSpan => Parts.HasFlag(MessageParts.Span);

    private TokenCounts Tokens => new(Output, Input, CacheRead, CacheCreate);

    // What the speaking event itself told.
    private TokenCounts OwnTokens => Marks.HasFlag(MessageMarks.TokensOfSpan) ? default : Tokens;

    private long? OwnCost => Marks.HasFlag(MessageMarks.CostOfOtherEvent) ? null : EventCost;

    private long? EventCost => HasEvent && !Marks.HasFlag(MessageMarks.CostOfSpan) ? Cost : null;

    /// <summary>The two together: the same whichever comes first, and in whatever groups; equal to this one when the other adds nothing.</summary>
    public MessageRank With(MessageRank other)
    {
        var lead = Leads(other) ? this : other;
        var (span, rest) = LeadsAsSpan(other) ? (this, other) : (other, this);
        var marks = (Marks & ~(Borrowed | MessageMarks.TimeOfArrival)) | (lead.Marks & MessageMarks.TimeOfArrival);
        if ((Marks | other.Marks).HasFlag(MessageMarks.Conflict) || (HasEvent && other.HasEvent && !SameEvent(other)))
        {
            marks |= MessageMarks.Conflict;
        }

        var tokens = TokenCounts.Larger(Tokens, other.Tokens);
        var cost = Larger(Cost, other.Cost);
        if (lead.HasEvent)
        {
            // An event that tells tokens speaks before all that don't: where the speaker tells none, no event did.
            marks |= !lead.OwnTokens.AreTold && tokens.AreTold ? MessageMarks.TokensOfSpan : MessageMarks.None;
            tokens = lead.OwnTokens.AreTold ? lead.OwnTokens : tokens;
            var ofEvents = lead.OwnCost ?? Larger(EventCost, other.EventCost);
            marks |= lead.OwnCost is not null ? MessageMarks.None
                : ofEvents is not null ? MessageMarks.CostOfOtherEvent
                : cost is not null ? MessageMarks.CostOfSpan
                : MessageMarks.None;
            cost = ofEvents ?? cost;
        }

        return new(
            Parts | other.Parts, marks, cost, tokens.Output, tokens.Input, tokens.CacheRead, tokens.CacheCreate,
            lead.OccurredAt, span.StartedAt ?? rest.StartedAt, span.SpanId);
    }

    /// <summary>Whether this one speaks for the call.</summary>
    public bool Leads(MessageRank other) =>
        HasEvent != other.HasEvent ? HasEvent
        : HasEvent ? CompareEvents(other) >= 0
        : LeadsAsSpan(other);

    /// <summary>Whether trace, parent, status and start are this one's.</summary>
    public bool LeadsAsSpan(MessageRank other) =>
        HasSpan != other.HasSpan ? HasSpan
        : HasSpan ? CompareSpans(other) >= 0
        : HasEvent || other.HasEvent ? Leads(other)
        : CompareTimes(other) >= 0;

    // When it arrived says nothing about what it is: the same, sent again, arrives later.
    private bool SameEvent(MessageRank other) => CompareUsage(other) == 0 && (!HasTime || !other.HasTime || OccurredAt == other.OccurredAt);

    private int CompareEvents(MessageRank other) => CompareUsage(other) is var order and not 0 ? order : CompareTimes(other);

    private int CompareUsage(MessageRank other)
    {
        var order = OwnTokens.AreTold.CompareTo(other.OwnTokens.AreTold);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(OwnCost, other.OwnCost);
        return order != 0 ? order : OwnTokens.CompareTo(other.OwnTokens);
    }

    // A time that was told before those of an arrival, of which the first is nearest to what happened.
    private int CompareTimes(MessageRank other) =>
        HasTime != other.HasTime ? HasTime.CompareTo(other.HasTime)
        : HasTime ? OccurredAt.CompareTo(other.OccurredAt)
        : other.OccurredAt.CompareTo(OccurredAt);

    private int CompareSpans(MessageRank other)
    {
        var order = Comparer<DateTime?>.Default.Compare(StartedAt, other.StartedAt);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(SpanId, other.SpanId);
        return order != 0 || HasEvent || other.HasEvent ? order : CompareTimes(other);
    }

    private static long? Larger(long? one, long? other) => Comparer<long?>.Default.Compare(one, other) >= 0 ? one : other;

    private static DateTime AsKept(DateTime time) => Storage.UnixMicroseconds.ToDateTime(Storage.UnixMicroseconds.From(time));
}
