namespace ActivityLog.Core.Queries;

/// <summary>Within what a query is read: what its caller may see, and the time zone of dates that name none.</summary>
/// <param name="Systems">Id and number of each System that the caller may see; no other is ever asked.</param>
/// <param name="Zone">Time zone of dates where the query has no <c>tz</c>.</param>
public sealed record QueryScope(IReadOnlyDictionary<Guid, int> Systems, TimeZoneInfo Zone);
