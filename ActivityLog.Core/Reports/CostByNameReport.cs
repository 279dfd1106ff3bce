namespace ActivityLog.Core.Reports;

/// <summary>Cost by something that has a name: a row and a bar a name and source, the dearest first.</summary>
internal abstract class CostByNameReport(SpendStore spend, TimeProvider clock) : IReport
{
    /// <inheritdoc/>
    public abstract ReportInfo Info { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<ReportParameter> Parameters => [];

    /// <summary>What the names are of.</summary>
    protected abstract SpendBy By { get; }

    /// <summary>The column of the names.</summary>
    protected abstract ReportColumn ColumnOf(ReportQuery query);

    /// <summary>The attribute whose values the names are; null where they are none.</summary>
    protected virtual string? AttributeOf(ReportQuery query) => null;

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var attribute = AttributeOf(query);
        var (spent, spentBefore) = await PeriodBefore.ReadAsync(query, clock, (of, _) => spend.ReadAsync(of, By, attribute, cancellationToken));
        var rows = spent
            .OrderByDescending(static row => row.Usage.CostNanodollars)
            .ThenBy(NameOf, StringComparer.Ordinal).ThenBy(static row => row.Source, StringComparer.Ordinal)
            .ToList();

        var total = SpendUsage.Sum(rows);
        var totalBefore = spentBefore is null ? default(SpendUsage?) : SpendUsage.Sum(spentBefore);
        var names = rows.Select(NameOf).Distinct(StringComparer.Ordinal).ToList();
        var costs = rows.ToLookup(KeyOf);
        var costsBefore = spentBefore?.ToLookup(KeyOf);
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = CostTable.Columns(ColumnOf(query)),
            Rows =
            [
                .. rows.Select(row => CostTable.Row(
                    [NameOf(row)], row.Source, row.Usage, costsBefore is null ? null : CostOf(costsBefore[KeyOf(row)]), total.CostNanodollars)),
            ],
            Total = CostTable.Row([null], null, total, totalBefore?.CostNanodollars, total.CostNanodollars),
            PreviousTotal = totalBefore is { } usage ? CostTable.Row([null], null, usage, null, usage.CostNanodollars) : null,
            Categories = names,
            Series =
            [
                .. rows.Select(static row => row.Source).Distinct().Order(StringComparer.Ordinal)
                    .Select(source => new ReportSeries(null, source, [.. names.Select(name => (double?)CostOf(costs[(source, name)]))])),
            ],
        };
    }

    private static long CostOf(IEnumerable<SpendRow> rows) => SpendUsage.Sum(rows).CostNanodollars;

    private (string Source, string? Name) KeyOf(SpendRow row) => (row.Source, NameOf(row));

    private string? NameOf(SpendRow row) => By switch
    {
        SpendBy.Model => row.Model,
        SpendBy.User => row.User,
        _ => row.Value,
    };
}
