namespace ActivityLog.Core.Retention;

/// <summary>What a step did.</summary>
/// <param name="Rows">Rows that are no longer due; 0 when there are none left to delete now.</param>
/// <param name="Reached">The latest expiry among them, as it is kept.</param>
/// <param name="Took">How long the engine worked on it, without the waiting for its turn and for the disk.</param>
internal readonly record struct RetentionStep(int Rows, long Reached, TimeSpan Took = default);
