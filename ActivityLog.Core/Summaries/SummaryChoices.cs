namespace ActivityLog.Core.Summaries;

/// <summary>What admins chose about days and summaries.</summary>
/// <param name="TimeZone">The installation's time zone; null where the option <c>ActivityLog:TimeZone</c> says it.</param>
/// <param name="PinnedKeys">The metadata keys that summaries tell apart, in ordinal order.</param>
public sealed record SummaryChoices(TimeZoneInfo? TimeZone, IReadOnlyList<string> PinnedKeys);
