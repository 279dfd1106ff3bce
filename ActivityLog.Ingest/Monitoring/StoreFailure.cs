namespace ActivityLog.Ingest.Monitoring;

/// <summary>A write that the database didn't take.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">What the database said.</param>
/// <param name="WillPass">Whether trying again may work: it was away, busy or full.</param>
public sealed record StoreFailure(DateTime At, string Reason, bool WillPass);
