namespace ActivityLog.Core.Queries;

/// <summary>How a field is kept and shown.</summary>
public enum FieldKind
{
    /// <summary>Text in a column of its own.</summary>
    Text,

    /// <summary>Text in the names table, its number in the row.</summary>
    Name,

    /// <summary>One of a fixed list, kept as a number.</summary>
    Choice,

    /// <summary>A System's id, its number in the row.</summary>
    System,

    /// <summary>A token's id, its number in the row.</summary>
    Token,

    /// <summary>16 bytes, shown as 32 hexadecimal digits.</summary>
    TraceId,

    /// <summary>8 bytes kept as a number, shown as 16 hexadecimal digits.</summary>
    SpanId,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>Nanodollars in the row, microdollars (USD × 10⁶) outside.</summary>
    Money,

    /// <summary>A number that may have a fraction.</summary>
    Number,

    /// <summary>An attribute by its own name: the row's own before the shared ones.</summary>
    Metadata,
}
