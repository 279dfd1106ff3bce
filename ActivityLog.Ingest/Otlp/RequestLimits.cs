namespace ActivityLog.Ingest.Otlp;

/// <summary>How much a request may hold.</summary>
/// <param name="MaxRecords">Log records, spans or data points.</param>
/// <param name="MaxElements">Records, attributes and values together.</param>
/// <param name="MaxSharedCharacters">Characters of what records share, each different content once.</param>
internal sealed record RequestLimits(int MaxRecords, int MaxElements, int MaxSharedCharacters)
{
    /// <summary>For what was taken already.</summary>
    public static RequestLimits None { get; } = new(int.MaxValue, int.MaxValue, int.MaxValue);

    /// <exception cref="OtlpLimitException">There are more.</exception>
    public void CheckRecords(long records)
    {
        if (records > MaxRecords)
        {
            throw TooManyRecords();
        }
    }

    /// <exception cref="OtlpLimitException">There are more.</exception>
    public void CheckShared(long characters)
    {
        if (characters > MaxSharedCharacters)
        {
            throw new OtlpLimitException(
                MaxSharedCharacters, "characters of attributes of resource, scope and session, counted once for each that differs", nameof(OtlpOptions.MaxRequestSharedCharacters));
        }
    }

    public OtlpLimitException TooManyRecords() => new(MaxRecords, "records", nameof(OtlpOptions.MaxRequestRecords));

    public OtlpLimitException TooManyElements() => new(MaxElements, "records, attributes and values", nameof(OtlpOptions.MaxRequestElements));
}
