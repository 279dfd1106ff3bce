using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Cost by the value of an attribute: a row and a bar a value and source, the dearest first.</summary>
internal abstract class CostByKeyReport(SqlDatabase database, TimeProvider clock) : IReport
{
    private static readonly string[] s_numbers = ["cost_nanodollars", "calls", "input_tokens", "output_tokens", "cache_read_tokens", "cache_create_tokens"];

    /// <inheritdoc/>
    public abstract ReportInfo Info { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<ReportParameter> Parameters => [];

    /// <summary>The attribute.</summary>
    protected abstract string KeyOf(ReportQuery query);

    /// <summary>The column of its values.</summary>
    protected abstract ReportColumn ColumnOf(string key);

    /// <inheritdoc/>
    public Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken) =>
        database.SnapshotAsync(reader => RunAsync(reader, query, cancellationToken), cancellationToken);

    private async Task<ReportTable> RunAsync(SqlReader reader, ReportQuery query, CancellationToken cancellationToken)
    {
        var key = KeyOf(query);
        var rows = (await ReadAsync(reader, query, key, cancellationToken)).OrderByDescending(static row => row.Usage.CostNanodollars)
            .ThenBy(static row => row.Value, StringComparer.Ordinal).ThenBy(static row => row.Source, StringComparer.Ordinal).ToList();
        var before = PeriodBefore.Of(query, clock);
        var rowsBefore = before is null ? null : await ReadAsync(reader, before, key, cancellationToken);

        var total = Sum(rows);
        var totalBefore = rowsBefore is null ? default(SpendUsage?) : Sum(rowsBefore);
        var costs = rows.ToLookup(static row => (row.Source, row.Value), static row => row.Usage.CostNanodollars);
        var costsBefore = rowsBefore?.ToLookup(static row => (row.Source, row.Value), static row => row.Usage.CostNanodollars);
        var values = rows.Select(static row => row.Value).Distinct(StringComparer.Ordinal).ToList();
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = CostTable.Columns(ColumnOf(key)),
            Rows = [.. rows.Select(row => CostTable.Row([row.Value], row.Source, row.Usage, costsBefore?[(row.Source, row.Value)].FirstOrDefault(), total.CostNanodollars))],
            Total = CostTable.Row([null], null, total, totalBefore?.CostNanodollars, total.CostNanodollars),
            PreviousTotal = totalBefore is { } usage ? CostTable.Row([null], null, usage, null, usage.CostNanodollars) : null,
            Categories = values,
            Series =
            [
                .. rows.Select(static row => row.Source).Distinct().Order(StringComparer.Ordinal)
                    .Select(source => new ReportSeries(null, source, [.. values.Select(value => (double?)costs[(source, value)].FirstOrDefault())])),
            ],
        };
    }

    private static async Task<List<Row>> ReadAsync(SqlReader reader, ReportQuery query, string key, CancellationToken cancellationToken)
    {
        var from = await FigureRows.OfAsync(reader, query, byDay: false, key, cancellationToken);
        var calls = await FigureStore.ReadAsync(reader, from, sql => from.Spend(sql, key), FigureBy.Nothing, s_numbers, [], [key], cancellationToken);
        // Of what only metrics tell the attribute isn't asked: it is one row, as spend of no value.
        var snapshot = await ReportSnapshot.OpenAsync(reader, query.SystemKeys, cancellationToken);
        var metrics = SpendUsage.Sum(await SpendStore.ReadMetricsAsync(snapshot, query, SpendBy.Nothing, null, cancellationToken));
        List<Row> rows =
        [
            .. calls.GroupBy(static figure => figure.Of.First).Select(static group => new Row(
                group.Key, SpendSource.Events,
                group.Select(static figure => new SpendUsage(figure.Numbers[0], figure.Numbers[1], figure.Numbers[2], figure.Numbers[3], figure.Numbers[4], figure.Numbers[5]))
                    .Aggregate(static (sum, one) => sum + one))),
        ];
        if (metrics != default)
        {
            rows.Add(new Row(null, SpendSource.Metrics, metrics));
        }

        return rows;
    }

    private static SpendUsage Sum(List<Row> rows) => rows.Aggregate(default(SpendUsage), static (sum, row) => sum + row.Usage);

    private sealed record Row(string? Value, string Source, SpendUsage Usage);
}
