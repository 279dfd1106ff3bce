using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Demo;

/// <summary>A part of what a crowd does.</summary>
/// <param name="Day">The day of its last session.</param>
/// <param name="Batch">What to store.</param>
internal sealed record DemoBatch(DateOnly Day, TelemetryBatch Batch);
