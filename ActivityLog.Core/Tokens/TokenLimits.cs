namespace ActivityLog.Core.Tokens;

/// <summary>How much may come with a token, where that isn't what the configuration says for all.</summary>
/// <param name="RecordsPerSecond">Log records, spans and data points a second; 0 for no limit, null for the configured one.</param>
/// <param name="BytesPerDay">Bytes of requests, decompressed, a UTC day; 0 for no limit, null for the configured one.</param>
public sealed record TokenLimits(int? RecordsPerSecond, long? BytesPerDay)
{
    /// <summary>What is configured, for both.</summary>
    public static TokenLimits Configured { get; } = new(null, null);
}
