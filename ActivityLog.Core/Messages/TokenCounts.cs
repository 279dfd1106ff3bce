namespace ActivityLog.Core.Messages;

/// <summary>The four counts of one report of a call: they go together, since what one sender counts as input another splits. Ordered by output, then input.</summary>
internal readonly record struct TokenCounts(long? Output, long? Input, long? CacheRead, long? CacheCreate) : IComparable<TokenCounts>
{
    /// <summary>Whether any is told.</summary>
    public bool AreTold => (Output ?? Input ?? CacheRead ?? CacheCreate) is not null;

    public int CompareTo(TokenCounts other)
    {
        var order = Comparer<long?>.Default.Compare(Output, other.Output);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(Input, other.Input);
        order = order != 0 ? order : Comparer<long?>.Default.Compare(CacheRead, other.CacheRead);
        return order != 0 ? order : Comparer<long?>.Default.Compare(CacheCreate, other.CacheCreate);
    }

    public static TokenCounts Larger(TokenCounts one, TokenCounts other) => one.CompareTo(other) >= 0 ? one : other;
}
