namespace ActivityLog.Core.Messages;

/// <summary>What a reader of a row should know about how it was kept. Stored as its number.</summary>
[Flags]
public enum MessageMarks : short
{
    /// <summary>Nothing to say.</summary>
    None = 0,

    /// <summary>The body was cut to what the System's plan keeps.</summary>
    BodyCut = 1,

    /// <summary>Different events bore this row's id; of those that tell tokens the one with the larger cost, then output, stayed.</summary>
    Conflict = 2,

    /// <summary>An id of it held what isn't valid text, which was replaced.</summary>
    TextRepaired = 4,

    /// <summary>The tokens are the span's: no event told any.</summary>
    TokensOfSpan = 8,

    /// <summary>The cost is the span's: no event told one.</summary>
    CostOfSpan = 16,

    /// <summary>The cost is of another event than the tokens: the one that told them told no cost.</summary>
    CostOfOtherEvent = 32,

    /// <summary>Nothing told when it happened: its time is that of its arrival.</summary>
    TimeOfArrival = 64,
}
