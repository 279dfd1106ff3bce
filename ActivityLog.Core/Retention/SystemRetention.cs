namespace ActivityLog.Core.Retention;

/// <summary>What has expired of a System and what was deleted.</summary>
/// <param name="SystemKey">Its number.</param>
/// <param name="Due">Expired rows that are there still; of each kind at most <see cref="IRetentionStore.MaxCounted"/> are counted.</param>
/// <param name="NextDueAt">When the next one that hasn't expired will, UTC; null for never.</param>
/// <param name="DeletedOfDay">Rows deleted in this hour and the 23 before it.</param>
/// <param name="Deleted">Rows ever deleted because they had expired.</param>
public sealed record SystemRetention(int SystemKey, RetentionRows Due, DateTime? NextDueAt, RetentionRows DeletedOfDay, RetentionRows Deleted);
