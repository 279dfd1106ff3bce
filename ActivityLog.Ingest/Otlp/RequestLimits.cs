namespace ActivityLog.Ingest.Otlp;

/// <summary>How much a request may hold.</summary>
/// <param name="MaxRecords">Log records, spans or data points.</param>
/// <param name="MaxElements">Records, attributes and values together.</param>
internal sealed record RequestLimits(int MaxRecords, int MaxElements)
{
    /// <summary>For what was taken already.</summary>
    public static RequestLimits None { get; } = new(int.MaxValue, int.MaxValue);

    /// <exception cref="OtlpLimitException">There are more.</exception>
    public void CheckRecords(long records)
    {
        if (records > MaxRecords)
        {
            throw TooManyRecords();
        }
    }

    public OtlpLimitException TooManyRecords() => new(MaxRecords, "records", nameof(OtlpOptions.MaxRequestRecords));

    public OtlpLimitException TooManyElements() => new(MaxElements, "records, attributes and values", nameof(OtlpOptions.MaxRequestElements));
}
