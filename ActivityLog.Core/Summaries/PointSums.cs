using System.Data.Common;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Takes metric points that expired from the sums, in the transaction that deletes them.</summary>
internal static class PointSums
{
    // Keys of one statement.
    private const int Chunk = 500;

    public static async Task TakeAwayAsync(
        this ISummaryWriter summaries, DbConnection connection, int system, IReadOnlyList<ExpiredPoint> points, CancellationToken cancellationToken)
    {
        if (points.All(static point => point.Increment is null))
        {
            return;
        }

        var deltas = new SummaryDeltas(await summaries.ReadRulesAsync(connection, cancellationToken));
        var series = new Dictionary<long, MetricDimensions>();
        foreach (var chunk in points.Select(static point => point.Series).Distinct().Chunk(Chunk))
        {
            await ReadAsync(connection, deltas.Rules, system, chunk, series, cancellationToken);
        }

        foreach (var point in points)
        {
            if (point.Increment is { } increment)
            {
                deltas.AddPoint(series[point.Series], point.OccurredAt, increment, negative: true);
            }
        }

        await summaries.AppendAsync(connection, deltas, cancellationToken);
    }

    private static async Task ReadAsync(
        DbConnection connection, SummaryRules rules, int system, long[] keys, Dictionary<long, MetricDimensions> series, CancellationToken cancellationToken)
    {
        await using var read = connection.CreateCommand();
        read.CommandText =
            $"""
            SELECT {MetricDimensions.Columns("s.", "s.metadata")}, a.attributes
            FROM metric_series AS s LEFT JOIN attribute_sets AS a ON a.system_key = s.system_key AND a.set_key = s.attribute_set_key
            WHERE s.system_key = @system AND s.series_key IN ({string.Join(", ", keys.Select(static (_, i) => $"@k{i}"))})
            """;
        read.Add("@system", system);
        for (var i = 0; i < keys.Length; i++)
        {
            read.Add($"@k{i}", keys[i]);
        }

        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = MetricDimensions.Read(reader);
            series[row.SeriesKey] = MetricDimensions.Of(row, rules, reader.IsDBNull(MetricDimensions.Count) ? null : reader.GetString(MetricDimensions.Count));
        }
    }
}
