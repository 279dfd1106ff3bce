namespace ActivityLog.Core.Storage;

/// <summary>Whole hours of UTC, by which small things are counted.</summary>
public static class Hours
{
    /// <summary>When the hour of a moment began, UTC.</summary>
    public static DateTime Of(DateTime utc) => new(utc.Ticks - utc.Ticks % TimeSpan.TicksPerHour, DateTimeKind.Utc);
}
