namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>An attribute as a record bears it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Hash">A hash of both.</param>
internal readonly record struct RecordAttribute(AttributeName Name, AttributeValue Value, ulong Hash)
{
    public RecordAttribute(AttributeName name, AttributeValue value)
        : this(name, value, value.Hash(name.OfRecordHash))
    {
    }
}
