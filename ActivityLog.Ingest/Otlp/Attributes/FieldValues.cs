namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>The values of one record's fields, each from the best of the attributes that tell it. Reused from record to record.</summary>
internal sealed class FieldValues
{
    private readonly AttributeValue[] _values = new AttributeValue[AttributeTable.FieldCount];
    private readonly byte[] _ranks = new byte[AttributeTable.FieldCount];

    public AttributeValue this[MessageField field] => _values[(int)field];

    /// <summary>True when an attribute told the field.</summary>
    public bool Has(MessageField field) => _ranks[(int)field] != 0;

    public string? Text(MessageField field) => _values[(int)field].AsText();

    /// <summary>A whole number that isn't negative.</summary>
    public long? Count(MessageField field) => _values[(int)field].AsInt64() is { } count and >= 0 ? count : null;

    /// <summary>Takes the value if no better attribute told the field; a later one of the same name replaces the earlier. Empty text tells nothing.</summary>
    public void Offer(AttributeRow row, AttributeValue value)
    {
        var index = (int)row.Field!.Value;
        if ((_ranks[index] == 0 || row.Rank <= _ranks[index]) && value.AsText() is not null)
        {
            _values[index] = value;
            _ranks[index] = row.Rank;
        }
    }

    /// <summary>Starts again from what resource and scope tell.</summary>
    public void Reset(FieldValues shared)
    {
        shared._values.CopyTo(_values, 0);
        shared._ranks.CopyTo(_ranks, 0);
    }
}
