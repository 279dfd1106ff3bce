namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>What is known of an attribute's name.</summary>
/// <param name="Field">What it tells; null for nothing but content.</param>
/// <param name="Rank">Among names of one field the lowest wins.</param>
/// <param name="IsContent">What people or models wrote: cut like a body.</param>
internal readonly record struct AttributeRow(MessageField? Field, byte Rank, bool IsContent);
