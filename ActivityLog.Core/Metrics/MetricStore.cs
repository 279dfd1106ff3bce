using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Metrics;

/// <inheritdoc cref="IMetricStore"/>
internal sealed class MetricStore(SqlDatabase database) : IMetricStore
{
    /// <summary>
    /// SQL of points and their series together, as <c>m</c>; without those that expired and stay as bases only (none but gauges and bases have no increment).
    /// <c>told</c> is what a point adds or, of gauges, is: null for observations that came without a sum, which nobody can say.
    /// Series come first, which SQLite keeps to in a cross join: points are found by their series, and all of a System would be read to find a session's.
    /// </summary>
    internal static readonly string Points =
        $"""
        (select p.system_key, p.series_key, p.occurred_at, p.value, p.increment, p.count_increment, p.token_key,
        case when p.count is null or ({MetricRows.HasSum} and (p.value <> 0 or cast(s.metadata as text) not like '%"{MetricPoint.SumName}":%')) then coalesce(p.increment, p.value) end as told,
        s.name_id, s.unit, s.service_id, s.model_id, s.user_id, s.session_id, s.session_key, s.metadata, s.attribute_set_key, s.is_told
        from metric_series s cross join metric_points p
        where p.system_key = s.system_key and p.series_key = s.series_key and (p.increment is not null or s.kind = {(int)MetricKind.Gauge})) m
        """;

    public Task<AggregateResult> AggregateAsync(MetricAggregate query, CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        string[] conditions =
        [
            MessageSql.Systems(query.SystemKeys, sql),
            .. MessageSql.Range(query.From, query.To, sql),
            .. query.Filters.Select(filter => FieldSql.Condition(filter, sql)),
        ];
        var source = new AggregateSource(Points, conditions, query.Zone, query.From, query.To);
        var build = AggregateSql.Build(sql, query.Aggregation, source);
        return database.SnapshotAsync(reader => build.RunAsync(reader, sql, source, cancellationToken), cancellationToken);
    }
}
