namespace ActivityLog.Core.Storage;

/// <summary>A text that many rows bear (a model, a person, a tool …), known in the large tables by its number.</summary>
public sealed class NameRow
{
    /// <summary>The number; given by the database.</summary>
    public int Id { get; set; }

    /// <summary>What it names.</summary>
    public NameKind Kind { get; set; }

    /// <summary>The text.</summary>
    public required string Value { get; set; }

    /// <summary>Of people: the one that this is another name of, applied where sums and rows are read; null for a name of its own.</summary>
    public int? AliasOf { get; set; }
}
