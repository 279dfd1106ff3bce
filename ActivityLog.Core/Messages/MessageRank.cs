namespace ActivityLog.Core.Messages;

/// <summary>What decides whether a report of a call is one that is known, and which of two different ones stays: the larger cost, then output.</summary>
internal readonly record struct MessageRank(
    MessageParts Parts, MessageMarks Marks, long? Cost, long? Output, long? Input, long? CacheRead, long? CacheCreate, DateTime OccurredAt) : IComparable<MessageRank>
{
    public static MessageRank Of(Message message) => new(
        message.Parts, message.Marks, message.CostNanodollars, message.OutputTokens, message.InputTokens, message.CacheReadTokens, message.CacheCreateTokens,
        // As precise as it is kept.
        Storage.UnixMicroseconds.ToDateTime(Storage.UnixMicroseconds.From(message.OccurredAt)));

    /// <summary>Whether both say the same. What one of them leaves open says nothing against the other where a second part filled it in.</summary>
    public bool SameNumbers(MessageRank other)
    {
        var (kept, told) = (this, other);
        return OccurredAt == other.OccurredAt && Same(Cost, other.Cost) && Same(Output, other.Output) && Same(Input, other.Input)
            && Same(CacheRead, other.CacheRead) && Same(CacheCreate, other.CacheCreate);

        bool Same(long? one, long? another) => one == another || (another is null && kept.IsJoined) || (one is null && told.IsJoined);
    }

    private bool IsJoined => Parts.HasFlag(MessageParts.Event | MessageParts.Span);

    public int CompareTo(MessageRank other)
    {
        var order = Comparer<long?>.Default.Compare(Cost, other.Cost);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(Output, other.Output);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(Input, other.Input);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(CacheRead, other.CacheRead);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(CacheCreate, other.CacheCreate);
        return order != 0 ? order : OccurredAt.CompareTo(other.OccurredAt);
    }
}
