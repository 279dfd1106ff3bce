namespace ActivityLog.Core.Retention;

/// <summary>Numbers of rows.</summary>
/// <param name="Messages">Messages.</param>
/// <param name="MetricPoints">Metric points.</param>
public readonly record struct RetentionRows(long Messages, long MetricPoints)
{
    /// <summary>Both together.</summary>
    public long All => Messages + MetricPoints;

    /// <summary>Whether one was counted only as far as <see cref="IRetentionStore.MaxCounted"/>.</summary>
    public bool AreMore => Messages >= IRetentionStore.MaxCounted || MetricPoints >= IRetentionStore.MaxCounted;

    public static RetentionRows operator +(RetentionRows left, RetentionRows right) => new(left.Messages + right.Messages, left.MetricPoints + right.MetricPoints);
}
