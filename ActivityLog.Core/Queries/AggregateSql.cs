using System.Data.Common;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Queries;

/// <summary>
/// Makes the statement of an aggregate and reads its answer. The same SQL runs on both engines: rows are cut down to the values asked for (<c>b</c>), get
/// the ranks that percentiles need (<c>r</c>), are grouped by numbers (<c>t</c>), and only groups get their names and order.
/// </summary>
internal sealed class AggregateSql
{
    private static readonly string[] s_weight = ["w"];

    private readonly Aggregation _aggregation;
    private readonly IReadOnlyList<string> _groups;
    private readonly List<AggregateColumns> _metrics = [];
    private readonly List<IReadOnlyList<string>> _metricColumns = [];

    private AggregateSql(Aggregation aggregation)
    {
        _aggregation = aggregation;
        _groups = [.. aggregation.Groups.Select(static (_, i) => $"g{i}")];
    }

    /// <summary>Completes a statement.</summary>
    /// <param name="sql">The statement, empty, whose parameters the conditions use.</param>
    /// <param name="aggregation">What is made of the rows.</param>
    /// <param name="source">The rows.</param>
    public static AggregateSql Build(SqlText sql, Aggregation aggregation, AggregateSource source)
    {
        var build = new AggregateSql(aggregation);
        build.Write(sql, source);
        return build;
    }

    /// <summary>Runs it.</summary>
    public async Task<AggregateResult> RunAsync(SqlReader reader, SqlText sql, AggregateSource source, CancellationToken cancellationToken)
    {
        var rows = await reader.ReadAsync(sql, Read, cancellationToken);
        return new AggregateResult(
            source.From,
            source.To,
            source.Zone.Id,
            [.. _aggregation.Groups.Select(static group => group.Name)],
            [.. _aggregation.Metrics.Select(static metric => metric.Name)],
            [.. rows.Take(_aggregation.Take)],
            rows.Count > _aggregation.Take)
        { IsOfSummaries = source.Weight is not null };
    }

    private void Write(SqlText sql, AggregateSource source)
    {
        List<string> values = [];
        HashSet<string> ranked = new(StringComparer.Ordinal);
        List<string> aggregates = [];
        foreach (var metric in _aggregation.Metrics)
        {
            var value = metric.Field is null ? "" : ValueColumn(values, FieldSql.Of(metric.Field, sql));
            if (metric.Percent is not null)
            {
                ranked.Add(value);
            }

            var columns = AggregateColumns.Of(metric, value, $"rank_{value}", $"count_{value}", source.Weight is null ? null : "w");
            _metrics.Add(columns);
            _metricColumns.Add([.. columns.Select.Select((_, i) => $"m{aggregates.Count + i}")]);
            aggregates.AddRange(columns.Select);
        }

        var groups = _aggregation.Groups
            .Select(group => group.Bucket is { } bucket
                ? source.Time(bucket)
                : source.Weight is not null && group.Field!.Kind == FieldKind.Metadata ? Sums.Attribute(group.Field.Sql, "m", sql)
                : FieldSql.GroupOf(group.Field!, sql))
            .ToList();
        var inner = groups.Select(static (group, i) => $"{group} as g{i}")
            .Concat(values.Select(static (value, i) => $"{value} as v{i}"))
            .Concat(source.Weight is { } weight ? [$"{weight} as w"] : Array.Empty<string>())
            .DefaultIfEmpty("1 as one");
        var buckets = _aggregation.Groups.Select((group, i) => group.Bucket is { } bucket ? TimeSql.Bucket(bucket, _groups[i]) : _groups[i]).ToList();
        var partition = buckets.Count == 0 ? "" : $"partition by {string.Join(", ", buckets)} ";
        var middle = buckets.Select(static (bucket, i) => $"{bucket} as g{i}")
            .Concat(values.Select(static (_, i) => $"v{i}"))
            .Concat(ranked.Select(value =>
                $"row_number() over ({partition}order by {value} nulls last) as rank_{value}, count({value}) over ({partition.TrimEnd()}) as count_{value}"))
            .Concat(source.Weight is null ? [] : s_weight)
            .DefaultIfEmpty("one");
        var grouped = _groups.Concat(aggregates.Select(static (aggregate, i) => $"{aggregate} as m{i}"));
        var named = _aggregation.Groups.Select((group, i) => $"{Named(group, _groups[i])} as g{i}").Concat(aggregates.Select(static (_, i) => $"m{i}"));

        sql.Add($"select * from (select {string.Join(", ", named)} from (select {string.Join(", ", grouped)} from (select {string.Join(", ", middle)} from (")
            .Add($"select {string.Join(", ", inner)} from {source.Rows}{FieldSql.Joins(sql)} where {string.Join(" and ", source.Conditions.DefaultIfEmpty("1 = 1"))}) b) r")
            .Add(_groups.Count == 0 ? "" : $" group by {string.Join(", ", _groups)}{(source.Weight is null ? "" : " having sum(w) <> 0")}")
            .Add($") t) n order by {string.Join(", ", Order(sql))} limit {sql.Parameter(_aggregation.Take + 1)}");
    }

    // Numbers become names only now, when there is a row a group.
    private static string Named(AggregateGroup group, string column) => group.Field?.Kind switch
    {
        FieldKind.Name => $"(select value from names where id = {column})",
        FieldKind.System => $"(select id from systems where key = {column})",
        FieldKind.Token => $"(select id from tokens where key = {column})",
        _ => column,
    };

    private static string ValueColumn(List<string> values, string value)
    {
        var at = values.IndexOf(value);
        if (at < 0)
        {
            at = values.Count;
            values.Add(value);
        }

        return $"v{at}";
    }

    private IEnumerable<string> Order(SqlText sql)
    {
        var metric = _aggregation.Metrics.ToList().FindIndex(one => one.Name == _aggregation.OrderBy);
        var group = _aggregation.Groups.ToList().FindIndex(one => one.Name == _aggregation.OrderBy);
        var direction = _aggregation.Descending ? "desc" : "asc";
        var first = metric >= 0 ? OrderByMetric(metric, direction)
            : group >= 0 ? [$"{GroupOrder(group)} {direction} nulls last"]
            : Enumerable.Range(0, _groups.Count).Where(i => _aggregation.Groups[i].Bucket is not null).Select(i => $"{_groups[i]} asc")
                .Concat(OrderByMetric(0, "desc"));
        return first.Concat(Enumerable.Range(0, _groups.Count).Select(i => $"{GroupOrder(i)} asc nulls last"));

        string GroupOrder(int i) => _aggregation.Groups[i].Field?.Kind is FieldKind.Text or FieldKind.Name or FieldKind.Metadata
            ? sql.Dialect.Ordinal(_groups[i])
            : _groups[i];
    }

    private IEnumerable<string> OrderByMetric(int metric, string direction) =>
        _metrics[metric].Order(_metricColumns[metric]).Select(order => $"{order} {direction} nulls last");

    private Dictionary<string, object?> Read(DbDataReader reader)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < _groups.Count; i++)
        {
            var group = _aggregation.Groups[i];
            var value = Value(reader, i);
            row[group.Name] = group.Bucket is { } bucket ? TimeSql.Show(bucket, (long)AggregateNumbers.ToInt64(value)!) : FieldValues.Show(group.Field!, value);
        }

        var column = _groups.Count;
        for (var i = 0; i < _metrics.Count; i++)
        {
            var columns = _metricColumns[i].Select(_ => Value(reader, column++)).ToArray();
            row[_aggregation.Metrics[i].Name] = _metrics[i].Show(columns);
        }

        return row;
    }

    private static object? Value(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetValue(column);
}
