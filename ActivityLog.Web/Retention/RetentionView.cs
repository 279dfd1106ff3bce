using ActivityLog.Core.Retention;
using ActivityLog.Core.Systems;

namespace ActivityLog.Web.Retention;

/// <summary>What has expired and what was deleted.</summary>
/// <param name="LastRun">The latest run; null before the first.</param>
/// <param name="Systems">What it is of each System, by name.</param>
internal sealed record RetentionView(RetentionRunView? LastRun, IReadOnlyList<SystemRetentionView> Systems)
{
    public static RetentionView Of(RetentionRun? run, IEnumerable<(MonitoredSystem System, SystemRetention Retention)> systems, DateTime now) =>
        new(run is null ? null : RetentionRunView.Of(run, now), [.. systems.Select(static row => SystemRetentionView.Of(row.System, row.Retention))]);
}
