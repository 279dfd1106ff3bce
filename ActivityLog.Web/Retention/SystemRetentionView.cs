using ActivityLog.Core.Retention;
using ActivityLog.Core.Systems;

namespace ActivityLog.Web.Retention;

/// <summary>What has expired of a System and what was deleted.</summary>
/// <param name="SystemId">Its id.</param>
/// <param name="DueMessages">Expired messages that are there still; 10,000 stands for that many or more.</param>
/// <param name="DueMetricPoints">Expired metric points, likewise.</param>
/// <param name="NextDueAt">When the next one that hasn't expired will, UTC; null for never.</param>
/// <param name="MessagesDeletedLastDay">Messages deleted in this hour and the 23 before it.</param>
/// <param name="MetricPointsDeletedLastDay">Metric points, likewise.</param>
/// <param name="MessagesDeleted">Messages ever deleted because they had expired.</param>
/// <param name="MetricPointsDeleted">Metric points, likewise.</param>
internal sealed record SystemRetentionView(
    Guid SystemId, long DueMessages, long DueMetricPoints, DateTime? NextDueAt, long MessagesDeletedLastDay, long MetricPointsDeletedLastDay,
    long MessagesDeleted, long MetricPointsDeleted)
{
    public static SystemRetentionView Of(MonitoredSystem system, SystemRetention retention) => new(
        system.Id, retention.Due.Messages, retention.Due.MetricPoints, retention.NextDueAt, retention.DeletedOfDay.Messages, retention.DeletedOfDay.MetricPoints,
        retention.Deleted.Messages, retention.Deleted.MetricPoints);
}
