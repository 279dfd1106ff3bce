using ActivityLog.Core.Metrics;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Sums up stored rows, the way that they are summed up when they come.</summary>
internal sealed class RawSums(SqlReader reader, SummaryRules rules)
{
    // Rows held at once.
    private const int Page = 4_000;

    // Keys of one statement.
    private const int Chunk = 500;

    // Past this many, sets are read again.
    private const int MaxSets = 10_000;

    private readonly Dictionary<long, string> _sets = [];

    /// <summary>Sums up the messages of a range of time (Unix microseconds).</summary>
    /// <returns>How many there were.</returns>
    public async Task<long> AddMessagesAsync(SummaryDeltas deltas, int system, long from, long to, CancellationToken cancellationToken)
    {
        var columns = SummaryColumns.Of("m.", "m.metadata");
        long count = 0;
        MessageRow? last = null;
        List<MessageRow> page;
        do
        {
            var sql = reader.NewText();
            var after = last is null
                ? $"m.occurred_at >= {sql.Parameter(from)}"
                : $"(m.occurred_at, m.session_key, m.call_key) > ({sql.Parameter(last.OccurredAt)}, {sql.Parameter(last.SessionKey)}, {sql.Parameter(last.CallKey)})";
            sql.Add($"select {columns} from messages m where m.system_key = {sql.Parameter(system)} and {after} and m.occurred_at < {sql.Parameter(to)} ")
                .Add($"order by m.occurred_at, m.session_key, m.call_key limit {Page}");
            page = await reader.ReadAsync(sql, static row => SummaryColumns.Read(row), cancellationToken);
            var sets = await ReadSetsAsync(system, page.Select(static row => row.AttributeSetKey), cancellationToken);
            foreach (var row in page)
            {
                deltas.Add(row, sets.GetValueOrDefault(row.AttributeSetKey));
            }

            count += page.Count;
            last = page.Count > 0 ? page[^1] : null;
        }
        while (page.Count == Page);
        return count;
    }

    /// <summary>Sums up what the metric points of a range of time add.</summary>
    /// <returns>How many there were.</returns>
    public async Task<long> AddPointsAsync(SummaryDeltas deltas, int system, long from, long to, CancellationToken cancellationToken)
    {
        long count = 0;
        long? last = null;
        List<MetricSeriesRow> page;
        do
        {
            page = await ReadSeriesAsync(system, last, cancellationToken);
            var sets = await ReadSetsAsync(system, page.Select(static series => series.AttributeSetKey), cancellationToken);
            var dimensions = page.ToDictionary(static series => series.SeriesKey, series => MetricDimensions.Of(series, rules, sets.GetValueOrDefault(series.AttributeSetKey)));
            foreach (var (series, occurredAt, increment) in await ReadPointsAsync(system, dimensions.Keys, from, to, cancellationToken))
            {
                deltas.AddPoint(dimensions[series], occurredAt, increment, negative: false);
                count++;
            }

            last = page.Count > 0 ? page[^1].SeriesKey : null;
        }
        while (page.Count == Chunk);
        return count;
    }

    private Task<List<MetricSeriesRow>> ReadSeriesAsync(int system, long? after, CancellationToken cancellationToken)
    {
        var sql = reader.NewText();
        var next = after is { } key ? $"and s.series_key > {sql.Parameter(key)}" : "";
        sql.Add($"select {MetricDimensions.Columns("s.", "s.metadata")} from metric_series s ")
            .Add($"where s.system_key = {sql.Parameter(system)} and s.kind <> {(short)MetricKind.Gauge} {next} order by s.series_key limit {Chunk}");
        return reader.ReadAsync(sql, static row => MetricDimensions.Read(row), cancellationToken);
    }

    private async Task<List<(long Series, long OccurredAt, double Increment)>> ReadPointsAsync(
        int system, Dictionary<long, MetricDimensions>.KeyCollection series, long from, long to, CancellationToken cancellationToken)
    {
        if (series.Count == 0)
        {
            return [];
        }

        var sql = reader.NewText();
        sql.Add($"select p.series_key, p.occurred_at, p.increment from metric_points p where p.system_key = {sql.Parameter(system)} ")
            .Add($"and p.series_key in ({sql.Parameters(series)}) and p.occurred_at >= {sql.Parameter(from)} and p.occurred_at < {sql.Parameter(to)} and p.increment is not null");
        return await reader.ReadAsync(sql, static row => (row.GetInt64(0), row.GetInt64(1), row.GetDouble(2)), cancellationToken);
    }

    private async Task<Dictionary<long, string>> ReadSetsAsync(int system, IEnumerable<long> keys, CancellationToken cancellationToken)
    {
        // Those of a session are those of many of its rows.
        if (_sets.Count > MaxSets)
        {
            _sets.Clear();
        }

        foreach (var chunk in keys.Distinct().Where(key => !_sets.ContainsKey(key)).Chunk(Chunk))
        {
            var sql = reader.NewText();
            sql.Add($"select a.set_key, a.attributes from attribute_sets a where a.system_key = {sql.Parameter(system)} and a.set_key in ({sql.Parameters(chunk)})");
            foreach (var (key, json) in await reader.ReadAsync(sql, static row => (row.GetInt64(0), row.GetString(1)), cancellationToken))
            {
                _sets[key] = json;
            }
        }

        return _sets;
    }
}
