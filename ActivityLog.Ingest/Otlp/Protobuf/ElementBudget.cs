using Google.Protobuf.Reflection;

namespace ActivityLog.Ingest.Otlp.Protobuf;

/// <summary>Counts what a request holds as it is read, so that one that holds more than it may is refused before it takes the memory.</summary>
internal sealed class ElementBudget(RequestLimits limits)
{
    private int _elements = limits.MaxElements;
    private int _records = limits.MaxRecords;

    /// <summary>How many more there may be.</summary>
    public int ElementsLeft => _elements;

    /// <summary>Counts a record, an attribute or a value.</summary>
    /// <exception cref="OtlpLimitException">It is one too many.</exception>
    public void TakeElement() => Take(1);

    /// <summary>Counts so many.</summary>
    /// <exception cref="OtlpLimitException">It is too many.</exception>
    public void Take(int elements)
    {
        _elements -= elements;
        if (_elements < 0)
        {
            throw limits.TooManyElements();
        }
    }

    /// <summary>Counts a record.</summary>
    /// <exception cref="OtlpLimitException">It is one too many.</exception>
    public void TakeRecord()
    {
        TakeElement();
        if (--_records < 0)
        {
            throw limits.TooManyRecords();
        }
    }

    /// <summary>Counts what is in a message that the generated classes are going to read.</summary>
    /// <exception cref="OtlpLimitException">It is too much.</exception>
    public void TakeAll(ReadOnlySpan<byte> message, MessageDescriptor type)
    {
        ElementCount.CountMessages(message, type, ref _elements);
        if (_elements < 0)
        {
            throw limits.TooManyElements();
        }
    }
}
