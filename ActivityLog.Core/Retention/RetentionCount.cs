namespace ActivityLog.Core.Retention;

/// <summary>A row of <c>retention_counts</c>: what was deleted of a System within an hour, or (<see cref="AllTime"/>) ever.</summary>
public sealed class RetentionCount
{
    /// <summary>The hour that stands for all time.</summary>
    public const int AllTime = 0;

    /// <summary>The hour of a time, UTC.</summary>
    public static int HourOf(DateTime time) => (int)((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerHour);

    /// <summary>Number of the System.</summary>
    public int SystemKey { get; set; }

    /// <summary>Whole hours since 1970, UTC; <see cref="AllTime"/> for the sum of all.</summary>
    public int Hour { get; set; }

    /// <summary>Messages deleted.</summary>
    public long Messages { get; set; }

    /// <summary>Metric points deleted.</summary>
    public long MetricPoints { get; set; }
}
