using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;

namespace ActivityLog.Core.Storage;

/// <summary>The way from a metric point to its rows.</summary>
internal static class MetricRows
{
    public static IEnumerable<(NameKind Kind, string? Value)> NamesOf(MetricPoint point) =>
        [(NameKind.Name, point.Name), (NameKind.Service, point.ServiceName), (NameKind.Model, point.Model), (NameKind.User, point.UserName)];

    public static MetricSeriesRow ToSeries(MetricPoint point, KnownNames names) => new()
    {
        SystemKey = point.SystemKey,
        SeriesKey = point.SeriesKey,
        Kind = point.Kind,
        Temporality = point.Temporality,
        IsMonotonic = point.IsMonotonic,
        NameId = names.Id(NameKind.Name, point.Name)!.Value,
        ServiceId = names.Id(NameKind.Service, point.ServiceName),
        UserId = names.Id(NameKind.User, point.UserName),
        ModelId = names.Id(NameKind.Model, point.Model),
        SessionKey = point.SessionId is { } id ? MessageKeys.Session(point.SystemKey, MessageKeys.SessionSource.Session, id) : null,
        SessionId = point.SessionId,
        Unit = point.Unit,
        AttributeSetKey = point.Attributes.Key,
        Metadata = point.Metadata,
    };

    /// <summary>What a point adds by itself; that of a cumulative one depends on the one before it and is worked out in the database.</summary>
    public static double? Increment(MetricPoint point) => point.Kind == MetricKind.Gauge ? null : point.Value == MetricPoint.NoSum ? 0 : point.Value;

    /// <summary>SQL of whether a <c>value</c> is a number, and not <see cref="MetricPoint.NoSum"/>: no finite number is less. The engines spell infinity differently.</summary>
    public const string HasSum = "value >= -1.7976931348623157e308";

    /// <summary>What was counted from one start on, among the points of cumulative series, in the order of their keys.</summary>
    public static IEnumerable<CumulativeRun> Cumulative(IReadOnlyList<MetricPoint> points) =>
        from point in points
        where point.Temporality == MetricTemporality.Cumulative && point.Kind != MetricKind.Gauge
        let occurredAt = UnixMicroseconds.From(point.OccurredAt)
        let startedAt = UnixMicroseconds.From(point.StartedAt)
        group (point, occurredAt) by (point.SystemKey, point.SeriesKey, startedAt, occurredAt < startedAt - CumulativeRun.Tolerance) into run
        orderby run.Key
        select new CumulativeRun(run.Key.SystemKey, run.Key.SeriesKey, run.Key.startedAt, run.Key.Item4, run.Min(static p => p.occurredAt), run.First().point.IsMonotonic);

    /// <summary>
    /// The points of one <see cref="CumulativeRun"/>, from a time on, whose increments are to be put right (parameters: @system, @series, @started, @least, @until,
    /// @from, @monotonic): their key, the increment <c>before</c> and <c>after</c>, and <c>count_after</c>. The point before that time is read, not changed; nor is
    /// one without an increment, which expired and stays as the base of those after it. Another start time is another count, by a process that began anew or by
    /// one that runs at the same time and is told apart by nothing else; a fall of what only grows means a beginning, too (OTLP data model, "Resets and gaps").
    /// Of observations it is their number that only grows: their sum may fall. One without a sum adds none, and is known to be at the last that was told since the
    /// beginning, of which the thousand points before are asked.
    /// </summary>
    public const string Recounted = $"""
        SELECT occurred_at, started_at, value, before, after, count_after
        FROM (
            SELECT occurred_at, started_at, value, increment AS before, count_increment,
                coalesce(known, 0) - coalesce(lag(known) OVER w, 0) AS after, count - coalesce(lag(count) OVER w, 0) AS count_after
            FROM (
                SELECT numbered.*, max(told) OVER (PARTITION BY beginning, told_number) AS known
                FROM (
                    SELECT begun.*, count(told) OVER (PARTITION BY beginning ORDER BY occurred_at, value) AS told_number
                    FROM (
                        SELECT points.*, sum(CASE WHEN falls THEN 1 ELSE 0 END) OVER (ORDER BY occurred_at, value) AS beginning
                        FROM (
                            SELECT occurred_at, started_at, value, count, increment, count_increment, CASE WHEN {HasSum} THEN value END AS told,
                                CASE WHEN count IS NULL THEN @monotonic = 1 AND value < lag(value) OVER w ELSE count < lag(count) OVER w END AS falls
                            FROM metric_points
                            WHERE system_key = @system AND series_key = @series AND started_at = @started AND occurred_at < @until AND occurred_at >= coalesce(
                                (SELECT CASE WHEN {HasSum} THEN occurred_at END {Before} ORDER BY occurred_at DESC, started_at DESC, value DESC LIMIT 1),
                                (SELECT max(occurred_at) FROM (
                                    SELECT occurred_at, value {Before} ORDER BY occurred_at DESC, started_at DESC, value DESC LIMIT 1000) AS earlier WHERE {HasSum}),
                                (SELECT max(occurred_at) {Before}),
                                @from)
                            WINDOW w AS (ORDER BY occurred_at, value)
                        ) AS points
                    ) AS begun
                ) AS numbered
            ) AS known_points
            WINDOW w AS (PARTITION BY beginning ORDER BY occurred_at, value)
        ) AS counted
        WHERE occurred_at >= @from AND before IS NOT NULL AND (after IS DISTINCT FROM before OR count_after IS DISTINCT FROM count_increment)
        """;

    private const string Before =
        "FROM metric_points WHERE system_key = @system AND series_key = @series AND started_at = @started AND occurred_at >= @least AND occurred_at < @from";
}
