namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>What an attribute's value is. Part of content hashes: never renumber.</summary>
internal enum AttributeKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Text.</summary>
    Text = 1,

    /// <summary>True or false.</summary>
    Bool = 2,

    /// <summary>A whole number.</summary>
    Int = 3,

    /// <summary>A binary fraction.</summary>
    Double = 4,

    /// <summary>A list or an object, as its JSON text.</summary>
    Json = 5,

    /// <summary>Bytes, as their base64 text.</summary>
    Bytes = 6,
}
