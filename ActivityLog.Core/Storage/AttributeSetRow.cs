namespace ActivityLog.Core.Storage;

/// <summary>A row of <c>attribute_sets</c>: attributes that many records of a System share, known by the hash of their content.</summary>
public sealed class AttributeSetRow
{
    public int SystemKey { get; set; }
    public long SetKey { get; set; }
    public string Attributes { get; set; } = "{}";

    /// <summary>Until when it is kept: longer than any row with it; null for ever.</summary>
    public long? ExpiresAt { get; set; }
}
