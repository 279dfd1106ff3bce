namespace ActivityLog.Core.Queries;

/// <summary>Pieces of time of a time zone that rows can be grouped by.</summary>
public enum TimeBucket
{
    /// <summary>RFC 3339 with its offset; the hour that repeats in autumn is two.</summary>
    Hour,

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    Day,

    /// <summary>Its Monday, <c>yyyy-MM-dd</c>.</summary>
    Week,

    /// <summary><c>yyyy-MM</c>.</summary>
    Month,
}
