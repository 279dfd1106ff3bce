namespace ActivityLog.Core.Messages;

/// <summary>What a reader of a row should know about how it was kept. Stored as its number.</summary>
[Flags]
public enum MessageMarks : short
{
    /// <summary>Nothing to say.</summary>
    None = 0,

    /// <summary>The body was cut to what the System's plan keeps.</summary>
    BodyCut = 1,

    /// <summary>Two different events bore this row's id; the one with the larger cost, then output, stayed.</summary>
    Conflict = 2,

    /// <summary>An id of it held what isn't valid text, which was replaced.</summary>
    TextRepaired = 4,

    /// <summary>The tokens are the span's: the event told none.</summary>
    TokensOfSpan = 8,
}
