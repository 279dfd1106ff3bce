using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>The use of tools: how often, how it ended, what people decided, how long it took.</summary>
internal abstract class ToolReport(SqlDatabase database, TimeProvider clock) : IReport
{
    /// <summary>What is left out, and how exact percentiles are.</summary>
    protected const string Note = "A denied tool never ran and is no use. Percentiles are off by 1 % at most.";

    private const int Uses = 0, Errors = 1, Denied = 2, Accepted = 3, Rejected = 4;

    private static readonly string[] s_numbers = ["uses", "errors", "denied", "accepted", "rejected"];

    private static readonly string[] s_histograms = ["durations"];

    private static readonly ReportColumn[] s_columns =
    [
        new("uses", "Uses", ReportColumnKind.Count) { Behind = ReportColumn.OfUses },
        new("previousUses", "Before", ReportColumnKind.Count) { PreviousOf = "uses" },
        new("share", "Share", ReportColumnKind.Share),
        new("errors", "Failed", ReportColumnKind.Count) { Behind = "type=ai.tool&status=error" },
        new("successRate", "Success", ReportColumnKind.Rate),
        new("denied", "Denied", ReportColumnKind.Count) { Behind = "type=ai.tool&status=denied" },
        // Each sender has words of its own for it: whatever isn't one of those below.
        new("accepted", "Accepted", ReportColumnKind.Count) { Behind = ReportColumn.OfNoMessages },
        new("rejected", "Rejected", ReportColumnKind.Count) { Behind = "type=ai.decision&metadata.decision=reject&metadata.decision=denied&metadata.decision=abort" },
        new("p50DurationMs", "p50", ReportColumnKind.Duration),
        new("p95DurationMs", "p95", ReportColumnKind.Duration),
    ];

    /// <inheritdoc/>
    public abstract ReportInfo Info { get; }

    /// <summary>What a row is of.</summary>
    protected abstract FigureBy By { get; }

    /// <summary>The columns that say it.</summary>
    protected abstract IReadOnlyList<ReportColumn> Of { get; }

    /// <summary>The cells that say it.</summary>
    protected abstract IReadOnlyList<string?> CellsOf(FigureKey key);

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var (read, readBefore) = await ReportSnapshot.ReadBothAsync(
            database, query, clock, (snapshot, of, isBefore) => ReadAsync(snapshot, of, isBefore, cancellationToken), cancellationToken);
        var figures = read.Rows
            .OrderByDescending(static figure => figure.Numbers[Uses]).ThenByDescending(static figure => figure.Numbers[Denied])
            .ThenBy(static figure => figure.Of.Tool, StringComparer.Ordinal).ThenBy(static figure => figure.Of.User, StringComparer.Ordinal).ToList();
        var usesBefore = readBefore?.Rows.ToDictionary(static figure => figure.Of, static figure => figure.Numbers[Uses]);
        var totalBefore = readBefore is null ? null : Sum(readBefore.Whole);

        var total = Sum(read.Whole);
        var none = Of.Select(static _ => (string?)null).ToArray();
        var names = figures.GroupBy(figure => CellsOf(figure.Of)[0]).Select(static group => (group.Key, Sum: Sum(group))).ToList();
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = [.. Of, .. s_columns],
            Rows = [.. figures.Select(figure => Row(CellsOf(figure.Of), figure, usesBefore?.GetValueOrDefault(figure.Of), total))],
            Total = Row(none, total, totalBefore?.Numbers[Uses], total),
            PreviousTotal = totalBefore is null ? null : Row(none, totalBefore, null, totalBefore),
            Categories = [.. names.Select(static name => name.Key)],
            Series =
            [
                new ReportSeries("Succeeded", SpendSource.Events, [.. names.Select(static name => (double?)(name.Sum.Numbers[Uses] - name.Sum.Numbers[Errors]))]),
                new ReportSeries("Failed", SpendSource.Events, [.. names.Select(static name => (double?)name.Sum.Numbers[Errors])]),
                new ReportSeries("Denied", SpendSource.Events, [.. names.Select(static name => (double?)name.Sum.Numbers[Denied])]),
            ],
        };
    }

    // How long each took before isn't shown, only how long all did: that is asked of tools, which are few.
    private async Task<Read> ReadAsync(ReportSnapshot snapshot, ReportQuery query, bool isBefore, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(snapshot, query, By, isBefore && By != FigureBy.Tool ? [] : s_histograms, cancellationToken);
        return new Read(rows, isBefore && By != FigureBy.Tool ? await ReadAsync(snapshot, query, FigureBy.Tool, s_histograms, cancellationToken) : rows);
    }

    private static Task<List<Figure>> ReadAsync(
        ReportSnapshot snapshot, ReportQuery query, FigureBy by, IReadOnlyList<string> histograms, CancellationToken cancellationToken)
    {
        var rows = FigureRows.OfTools(snapshot, query, by);
        return FigureStore.ReadAsync(snapshot, rows, rows.Tools, s_numbers, histograms, [], cancellationToken);
    }

    private static Figure Sum(IEnumerable<Figure> figures) => Figure.Sum(figures, s_numbers.Length, 1);

    private static IReadOnlyList<object?> Row(IReadOnlyList<string?> of, Figure figure, long? before, Figure whole) =>
    [
        .. of,
        figure.Numbers[Uses],
        before,
        whole.Numbers[Uses] == 0 ? null : (double)figure.Numbers[Uses] / whole.Numbers[Uses],
        figure.Numbers[Errors],
        figure.Numbers[Uses] == 0 ? null : 1 - (double)figure.Numbers[Errors] / figure.Numbers[Uses],
        figure.Numbers[Denied],
        figure.Numbers[Accepted],
        figure.Numbers[Rejected],
        figure.Histograms[0].Percentile(0.5),
        figure.Histograms[0].Percentile(0.95),
    ];

    // By what the report is of, and all of it by whatever tells how long it took.
    private sealed record Read(List<Figure> Rows, List<Figure> Whole);
}
