namespace ActivityLog.Ingest.Monitoring;

/// <summary>How long something took, in milliseconds, within 5 %.</summary>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P95">95 % took no longer.</param>
/// <param name="P99">99 % took no longer.</param>
public sealed record DurationPercentiles(double P50, double P95, double P99);
