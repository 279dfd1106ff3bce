namespace ActivityLog.Core.Messages;

/// <summary>
/// What decides whether a report of a call is one that is known, and which of two different ones stays: of events the one with the larger cost, then output; of
/// spans the one that began later, which is the inner one where two libraries tell one call (DESIGN 5, rule 2).
/// </summary>
internal readonly record struct MessageRank(
    MessageParts Parts, MessageMarks Marks, long? Cost, long? Output, long? Input, long? CacheRead, long? CacheCreate, DateTime OccurredAt, DateTime? StartedAt, long? SpanId)
{
    public static MessageRank Of(Message message) => new(
        message.Parts, message.Marks, message.CostNanodollars, message.OutputTokens, message.InputTokens, message.CacheReadTokens, message.CacheCreateTokens,
        AsKept(message.OccurredAt), message.StartedAt is { } startedAt ? AsKept(startedAt) : null, message.SpanId);

    public bool HasEvent => Parts.HasFlag(MessageParts.Event);

    public bool HasSpan => Parts.HasFlag(MessageParts.Span);

    public bool IsConflict => Marks.HasFlag(MessageMarks.Conflict);

    private bool TellsTokens => !Marks.HasFlag(MessageMarks.TokensOfSpan);

    /// <summary>Whether the events of both say the same. A cost that one of them leaves open says nothing against the other where a span filled it in.</summary>
    public bool SameEvent(MessageRank other) => OccurredAt == other.OccurredAt && CompareTokens(other) == 0
        && (Cost == other.Cost || (other.Cost is null && HasSpan) || (Cost is null && other.HasSpan));

    /// <summary>Which of two events of one call stays: the larger.</summary>
    public int CompareEvents(MessageRank other)
    {
        var order = Comparer<long?>.Default.Compare(Cost, other.Cost);
        order = order != 0 ? order : CompareTokens(other);
        return order != 0 ? order : OccurredAt.CompareTo(other.OccurredAt);
    }

    /// <summary>Which of two spans of one call stays: the larger. Where an event speaks, their numbers are its own.</summary>
    public int CompareSpans(MessageRank other)
    {
        var order = Comparer<DateTime?>.Default.Compare(StartedAt, other.StartedAt);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(SpanId, other.SpanId);
        return order != 0 || HasEvent || other.HasEvent ? order : CompareEvents(other);
    }

    private int CompareTokens(MessageRank other)
    {
        var (mine, others) = (Tokens, other.Tokens);
        var order = Comparer<long?>.Default.Compare(mine.Output, others.Output);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(mine.Input, others.Input);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(mine.CacheRead, others.CacheRead);
        return order != 0 ? order : Comparer<long?>.Default.Compare(mine.CacheCreate, others.CacheCreate);
    }

    private (long? Output, long? Input, long? CacheRead, long? CacheCreate) Tokens => TellsTokens ? (Output, Input, CacheRead, CacheCreate) : default;

    private static DateTime AsKept(DateTime time) => Storage.UnixMicroseconds.ToDateTime(Storage.UnixMicroseconds.From(time));
}
