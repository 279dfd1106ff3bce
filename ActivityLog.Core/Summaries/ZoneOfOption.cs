namespace ActivityLog.Core.Summaries;

/// <summary>The installation's time zone where no admin chose one.</summary>
/// <param name="Zone">One with an IANA name.</param>
public sealed record ZoneOfOption(TimeZoneInfo Zone);
