using ActivityLog.Core.Metrics;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Retention;

/// <summary>The statements of a step. Parameters: <c>@system</c>, <c>@now</c>, <c>@limit</c>, and <c>@from</c>, the expiry that the last step came to.</summary>
internal sealed class RetentionSql(IBackgroundWrites writes)
{
    // By the index of expiry, from where the last step ended: the entries before are of rows just deleted, which the engine still walks over.
    private const string Due = "system_key = @system AND expires_at >= @from AND expires_at <= @now ORDER BY expires_at";

    // The next point of the same start tells its increase since this one, which stays a while as its base, and counts no more, when that one isn't due yet or there
    // is none yet. Once it is the base (without an increment), it stays on only while there are later ones. The next is found by the key: of a long series few are
    // read, of processes that run at once, and no more than those of a day: who tells nothing for longer has this one as a base for the while that it is kept.
    private static readonly string s_isBase =
        $"""
        EXISTS (SELECT 1 FROM metric_series AS s WHERE s.system_key = metric_points.system_key AND s.series_key = metric_points.series_key
                AND s.temporality = {(int)MetricTemporality.Cumulative} AND s.kind <> {(int)MetricKind.Gauge})
            AND coalesce((SELECT l.expires_at {Later} ORDER BY l.occurred_at, l.started_at, l.value LIMIT 1), {long.MaxValue}) > @now
            AND (increment IS NOT NULL OR EXISTS (SELECT 1 {Later}))
        """;

    private const string Later =
        """
        FROM metric_points AS l WHERE l.system_key = metric_points.system_key AND l.series_key = metric_points.series_key
            AND l.started_at = metric_points.started_at AND l.occurred_at <= metric_points.occurred_at + 86400000000
            AND (l.occurred_at, l.started_at, l.value) > (metric_points.occurred_at, metric_points.started_at, metric_points.value)
        """;

    /// <summary>Deletes messages; tells the expiry of each, and then what it added to the sums (<see cref="SummaryColumns"/>).</summary>
    public string DeleteMessages { get; } =
        $"DELETE FROM messages WHERE {writes.Some("messages", Due)} RETURNING expires_at, {SummaryColumns.Of("", "CAST(metadata AS text)")}";

    /// <summary>Deletes metric points, but no bases; tells the expiry of each, its series, its time and what it added.</summary>
    public string DeletePoints { get; } = $"DELETE FROM metric_points WHERE {writes.Some("metric_points", Due)} AND NOT ({s_isBase}) RETURNING expires_at, series_key, occurred_at, increment";

    /// <summary>Metric points to be made bases, which stay as they are until the transaction ends: series, time, what each adds, start and value.</summary>
    public string ListBases { get; } =
        $"SELECT series_key, occurred_at, increment, started_at, value FROM metric_points WHERE {writes.Some("metric_points", Due)} AND {s_isBase}";

    /// <summary>Makes one of them a base, until <c>@until</c>.</summary>
    public const string KeepBase =
        """
        UPDATE metric_points SET increment = NULL, count_increment = NULL, expires_at = @until
        WHERE system_key = @system AND series_key = @series AND occurred_at = @occurred AND started_at = @started AND value = @value
        """;

    /// <summary>Deletes what nothing refers to any more: each is noted as kept for longer than all that refers to it.</summary>
    public IReadOnlyList<string> DeleteShared { get; } =
    [
        $"DELETE FROM sessions WHERE {writes.Some("sessions", Due)} RETURNING expires_at",
        $"DELETE FROM metric_series WHERE {writes.Some("metric_series", Due)} RETURNING expires_at",
        $"DELETE FROM attribute_sets WHERE {writes.Some("attribute_sets", Due)} RETURNING expires_at",
    ];

    /// <summary>Counts what a step deleted, for its hour and for all time.</summary>
    public const string Count =
        """
        INSERT INTO retention_counts (system_key, hour, messages, metric_points) VALUES (@system, @hour, @messages, @points), (@system, 0, @messages, @points)
        ON CONFLICT (system_key, hour) DO UPDATE
            SET messages = retention_counts.messages + excluded.messages, metric_points = retention_counts.metric_points + excluded.metric_points
        """;
}
