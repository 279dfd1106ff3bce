namespace ActivityLog.Core.Storage;

/// <summary>Times in the database: whole microseconds since 1970-01-01 UTC, the same on both engines, in order, and bucketed by integer arithmetic.</summary>
public static class UnixMicroseconds
{
    /// <summary>Microseconds of a second.</summary>
    public const long PerSecond = 1_000_000;

    /// <summary>The number of a UTC time; finer parts are cut.</summary>
    public static long From(DateTime utc) => utc.Ticks / TimeSpan.TicksPerMicrosecond - DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A UTC time as it will be read back: without the parts finer than a microsecond.</summary>
    public static DateTime Cut(DateTime utc) => ToDateTime(From(utc));

    /// <summary>The UTC time of a number.</summary>
    public static DateTime ToDateTime(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The same of one that may not be known.</summary>
    public static DateTime? ToDateTime(long? microseconds) => microseconds is { } known ? ToDateTime(known) : null;
}
