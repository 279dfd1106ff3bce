using ActivityLog.Core.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>The part of a write that is about metrics.</summary>
internal sealed class PostgresMetricWriter(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    // A point that retention has made a base meanwhile isn't found any more.
    private const string Recount =
        $"""
        UPDATE metric_points SET increment = counted.after, count_increment = counted.count_after FROM ({MetricRows.Recounted}) AS counted
        WHERE metric_points.system_key = @system AND metric_points.series_key = @series
            AND metric_points.occurred_at = counted.occurred_at AND metric_points.started_at = counted.started_at AND metric_points.value = counted.value
            AND metric_points.increment = counted.before
        RETURNING metric_points.system_key, metric_points.series_key, metric_points.occurred_at, counted.before, metric_points.increment
        """;

    public async Task AddSeriesAsync(IReadOnlyList<MetricSeriesRow> series, CancellationToken cancellationToken)
    {
        if (series.Count == 0)
        {
            return;
        }

        await using var insert = Command(
            $"""
            INSERT INTO metric_series ({TelemetrySql.SeriesColumns})
            SELECT * FROM unnest(@systems, @keys, @kinds, @temporalities, @monotonic, @names, @services, @users, @models, @sessions, @ids, @units, @sets, @metadata, @expires)
            {SharedExpiry.OnConflict("metric_series", "system_key, series_key")}
            """);
        insert.Parameters.AddWithValue("systems", series.Select(static s => s.SystemKey).ToArray());
        insert.Parameters.AddWithValue("keys", series.Select(static s => s.SeriesKey).ToArray());
        insert.Parameters.AddWithValue("kinds", series.Select(static s => (short)s.Kind).ToArray());
        insert.Parameters.AddWithValue("temporalities", series.Select(static s => (short)s.Temporality).ToArray());
        insert.Parameters.AddWithValue("monotonic", series.Select(static s => s.IsMonotonic).ToArray());
        insert.Parameters.AddWithValue("names", series.Select(static s => s.NameId).ToArray());
        insert.Parameters.AddWithValue("services", series.Select(static s => s.ServiceId).ToArray());
        insert.Parameters.AddWithValue("users", series.Select(static s => s.UserId).ToArray());
        insert.Parameters.AddWithValue("models", series.Select(static s => s.ModelId).ToArray());
        insert.Parameters.AddWithValue("sessions", series.Select(static s => s.SessionKey).ToArray());
        insert.Parameters.AddWithValue("ids", NpgsqlDbType.Array | NpgsqlDbType.Text, series.Select(static s => s.SessionId).ToArray());
        insert.Parameters.AddWithValue("units", series.Select(static s => s.Unit).ToArray());
        insert.Parameters.AddWithValue("sets", series.Select(static s => s.AttributeSetKey).ToArray());
        insert.Parameters.AddWithValue("metadata", NpgsqlDbType.Array | NpgsqlDbType.Jsonb, series.Select(static s => s.Metadata).ToArray());
        insert.Parameters.AddWithValue("expires", series.Select(static s => s.ExpiresAt).ToArray());
        await PostgresWrites.ExecuteAsync(insert, cancellationToken);
    }

    public async Task<AddedPoints> AddPointsAsync(IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken)
    {
        var cumulative = MetricRows.Cumulative(points).ToList();
        if (cumulative.Count > 0)
        {
            // Increments depend on the neighbours: writers of one series go one after the other.
            await using var lockSeries = Command(
                """
                SELECT s.series_key FROM unnest(@systems, @keys) AS k(system_key, series_key),
                    LATERAL (SELECT * FROM metric_series WHERE system_key = k.system_key AND series_key = k.series_key LIMIT 1 FOR UPDATE) AS s
                """);
            var series = cumulative.Select(static run => (run.System, run.Series)).Distinct().ToList();
            lockSeries.Parameters.AddWithValue("systems", series.Select(static s => s.System).ToArray());
            lockSeries.Parameters.AddWithValue("keys", series.Select(static s => s.Series).ToArray());
            await PostgresWrites.ExecuteAsync(lockSeries, cancellationToken);
        }

        await using var insert = Command(
            $"""
            INSERT INTO metric_points ({TelemetrySql.PointColumns})
            SELECT * FROM unnest(@systems, @series, @occurred, @started, @values, @increments, @counts, @counts, @tokens, @received, @expires)
            ON CONFLICT DO NOTHING
            RETURNING system_key, series_key, occurred_at, NULL::double precision, increment
            """);
        insert.Parameters.AddWithValue("systems", points.Select(static p => p.SystemKey).ToArray());
        insert.Parameters.AddWithValue("series", points.Select(static p => p.SeriesKey).ToArray());
        insert.Parameters.AddWithValue("occurred", points.Select(static p => UnixMicroseconds.From(p.OccurredAt)).ToArray());
        insert.Parameters.AddWithValue("started", points.Select(static p => UnixMicroseconds.From(p.StartedAt)).ToArray());
        insert.Parameters.AddWithValue("values", points.Select(static p => p.Value).ToArray());
        insert.Parameters.AddWithValue("increments", points.Select(MetricRows.Increment).ToArray());
        insert.Parameters.AddWithValue("counts", points.Select(static p => p.Count).ToArray());
        insert.Parameters.AddWithValue("tokens", points.Select(static p => p.TokenKey).ToArray());
        insert.Parameters.AddWithValue("received", points.Select(static p => UnixMicroseconds.From(p.ReceivedAt)).ToArray());
        insert.Parameters.AddWithValue("expires", points.Select(static p => p.ExpiresAt is { } at ? UnixMicroseconds.From(at) : (long?)null).ToArray());
        var changes = await PostgresWrites.ReadAsync(insert, ReadChange, cancellationToken);

        // A replay adds nothing, and moves no increment.
        var added = changes.Count;
        foreach (var run in added > 0 ? cumulative : [])
        {
            await using var recount = Command(Recount);
            recount.Parameters.AddWithValue("system", run.System);
            recount.Parameters.AddWithValue("series", run.Series);
            recount.Parameters.AddWithValue("started", run.StartedAt);
            recount.Parameters.AddWithValue("least", run.Least);
            recount.Parameters.AddWithValue("until", run.Until);
            recount.Parameters.AddWithValue("from", run.From);
            recount.Parameters.AddWithValue("monotonic", run.IsMonotonic ? 1 : 0);
            changes.AddRange(await PostgresWrites.ReadAsync(recount, ReadChange, cancellationToken));
        }

        return new(added, changes);
    }

    private static PointChange ReadChange(NpgsqlDataReader reader) => new(
        reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetDouble(3),
        reader.IsDBNull(4) ? null : reader.GetDouble(4));

    private NpgsqlCommand Command(string sql) => new(sql, connection, transaction);
}
