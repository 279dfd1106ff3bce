namespace ActivityLog.Core.Messages;

/// <summary>What decides whether a report of a call is one that is known, and which of two different ones stays: the larger cost, then output.</summary>
internal readonly record struct MessageRank(
    MessageParts Parts, MessageMarks Marks, long? Cost, long? Output, long? Input, long? CacheRead, long? CacheCreate, DateTime OccurredAt) : IComparable<MessageRank>
{
    public static MessageRank Of(Message message) => new(
        message.Parts, message.Marks, message.CostNanodollars, message.OutputTokens, message.InputTokens, message.CacheReadTokens, message.CacheCreateTokens,
        // As precise as it is kept.
        Storage.UnixMicroseconds.ToDateTime(Storage.UnixMicroseconds.From(message.OccurredAt)));

    public bool SameNumbers(MessageRank other) =>
        (Cost, Output, Input, CacheRead, CacheCreate, OccurredAt) == (other.Cost, other.Output, other.Input, other.CacheRead, other.CacheCreate, other.OccurredAt);

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
