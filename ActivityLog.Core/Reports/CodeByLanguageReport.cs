using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Edits that were accepted and rejected, by language.</summary>
internal sealed class CodeByLanguageReport(SqlDatabase database, TimeProvider clock) : IReport
{
    private static readonly string[] s_attributes = ["language", "decision"];

    private static readonly ReportColumn[] s_columns =
    [
        new("language", "Language", ReportColumnKind.Text),
        new("editsAccepted", "Accepted", ReportColumnKind.Count),
        new("previousEditsAccepted", "Before", ReportColumnKind.Count) { PreviousOf = "editsAccepted" },
        new("editsRejected", "Rejected", ReportColumnKind.Count),
        new("acceptRate", "Accepted of all", ReportColumnKind.Rate),
        new("share", "Share", ReportColumnKind.Share),
    ];

    /// <inheritdoc/>
    public ReportInfo Info { get; } = new(
        "code-by-language", "Edits by language", "Edits of files that were accepted and rejected, by language.", ReportGroup.Code, ReportChartKind.Bars)
    {
        Measure = ReportColumnKind.Count,
        Behind = null,
        Note = "What senders of metrics count: a decision about each edit, made by a person or by a setting.",
    };

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var (read, rowsBefore) = await ReportSnapshot.ReadBothAsync(
            database, query, clock, (snapshot, of, _) => ReadAsync(snapshot, of, cancellationToken), cancellationToken);
        var rows = read.OrderByDescending(static row => row.Accepted).ThenByDescending(static row => row.Rejected)
            .ThenBy(static row => row.Language, StringComparer.Ordinal).ToList();
        var total = Sum(rows);
        var totalBefore = rowsBefore is null ? null : Sum(rowsBefore);
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = s_columns,
            Rows = [.. rows.Select(row => Cells(row, rowsBefore is null ? null : rowsBefore.Find(one => one.Language == row.Language)?.Accepted ?? 0, total))],
            Total = Cells(total, totalBefore?.Accepted, total),
            PreviousTotal = totalBefore is null ? null : Cells(totalBefore, null, totalBefore),
            Categories = [.. rows.Select(static row => row.Language)],
            Series =
            [
                new("Accepted", SpendSource.Metrics, [.. rows.Select(static row => (double?)row.Accepted)]),
                new("Rejected", SpendSource.Metrics, [.. rows.Select(static row => (double?)row.Rejected)]),
            ],
        };
    }

    private static async Task<List<Row>> ReadAsync(ReportSnapshot snapshot, ReportQuery query, CancellationToken cancellationToken) =>
    [
        .. (await MetricFigures.ReadAsync(snapshot, query, [CodeFigures.EditMetric], FigureBy.Nothing, s_attributes, cancellationToken))
            .GroupBy(static one => one.Of.First).Select(static group => new Row(
                group.Key,
                CodeFigures.Count(group.Where(static one => one.Of.Second == CodeFigures.Accept).Sum(static one => one.Value)),
                CodeFigures.Count(group.Where(static one => one.Of.Second != CodeFigures.Accept).Sum(static one => one.Value)))),
    ];

    private static Row Sum(List<Row> rows) => rows.Aggregate(
        new Row(null, 0, 0), static (sum, row) => new(null, Figure.Clamp((Int128)sum.Accepted + row.Accepted), Figure.Clamp((Int128)sum.Rejected + row.Rejected)));

    private static IReadOnlyList<object?> Cells(Row row, long? before, Row whole) =>
    [
        row.Language,
        row.Accepted,
        before,
        row.Rejected,
        (double)row.Accepted + row.Rejected is > 0 and var all ? row.Accepted / all : null,
        whole.Accepted == 0 ? null : (double)row.Accepted / whole.Accepted,
    ];

    private sealed record Row(string? Language, long Accepted, long Rejected);
}
