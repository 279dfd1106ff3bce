using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Lines, commits, pull requests and edits by day or person, and what each of them cost.</summary>
internal abstract class CodeReport(SqlDatabase database, TimeProvider clock) : IReport
{
    /// <summary>What the costs are of.</summary>
    protected const string Note =
        "What senders of metrics count. The cost of each is all that was spent, by their number: what was asked or read without a line being written is in it, too.";

    private static readonly ReportColumn[] s_columns =
    [
        new("linesAdded", "Added", ReportColumnKind.Count) { Behind = ReportColumn.OfNoMessages },
        new("linesRemoved", "Removed", ReportColumnKind.Count) { Behind = ReportColumn.OfNoMessages },
        new("commits", "Commits", ReportColumnKind.Count) { Behind = ReportColumn.OfNoMessages },
        new("pullRequests", "Pull requests", ReportColumnKind.Count) { Behind = ReportColumn.OfNoMessages },
        new("editsAccepted", "Edits accepted", ReportColumnKind.Count) { Behind = ReportColumn.OfNoMessages },
        new("editsRejected", "Edits rejected", ReportColumnKind.Count) { Behind = ReportColumn.OfNoMessages },
        new("costMicrocents", "Cost", ReportColumnKind.Money),
        new("costPerLineMicrocents", "Per line", ReportColumnKind.Money) { Behind = ReportColumn.OfNoMessages },
        new("costPerCommitMicrocents", "Per commit", ReportColumnKind.Money) { Behind = ReportColumn.OfNoMessages },
        new("costPerPullRequestMicrocents", "Per pull request", ReportColumnKind.Money) { Behind = ReportColumn.OfNoMessages },
        new("costPerEditMicrocents", "Per edit", ReportColumnKind.Money) { Behind = ReportColumn.OfNoMessages },
    ];

    /// <inheritdoc/>
    public abstract ReportInfo Info { get; }

    /// <summary>Whether a row is a person; else it is a day.</summary>
    protected abstract bool IsByUser { get; }

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        // Of the period before only the whole is shown.
        var (figures, figuresBefore) = await ReportSnapshot.ReadBothAsync(
            database,
            query,
            clock,
            (snapshot, of, isBefore) => ReadAsync(
                snapshot, of, isBefore ? (SpendBy.Nothing, FigureBy.Nothing) : IsByUser ? (SpendBy.User, FigureBy.User) : (SpendBy.Day, FigureBy.Day), cancellationToken),
            cancellationToken);
        var rows = IsByUser
            ? figures.OrderByDescending(static row => row.Value.Added + (Int128)row.Value.Removed).ThenByDescending(static row => row.Value.CostNanodollars)
                .ThenBy(static row => row.Key.User, StringComparer.Ordinal).ToList()
            : [.. figures.OrderBy(static row => row.Key.Day)];
        var totalBefore = figuresBefore is null ? default(CodeFigures?) : Sum(figuresBefore);
        var days = IsByUser ? [] : ReportDays.Of(query, figures.Keys.Select(static key => key.Day!.Value), clock);
        List<(string? Name, CodeFigures Figures)> bars = IsByUser
            ? [.. rows.Select(static row => (row.Key.User, row.Value))]
            : [.. days.Select(day => ((string?)CostOverDaysReport.Format(day), figures.GetValueOrDefault((day, null))))];
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = [IsByUser ? CostTable.User : CostTable.Day, .. s_columns],
            Rows = [.. rows.Select(row => Cells(IsByUser ? row.Key.User : CostOverDaysReport.Format(row.Key.Day!.Value), row.Value))],
            Total = Cells(null, Sum(figures)),
            PreviousTotal = totalBefore is { } sum ? Cells(null, sum) : null,
            Categories = [.. bars.Select(static bar => bar.Name)],
            Series =
            [
                new("Added", SpendSource.Metrics, [.. bars.Select(static bar => (double?)bar.Figures.Added)]),
                new("Removed", SpendSource.Metrics, [.. bars.Select(static bar => (double?)bar.Figures.Removed)]),
            ],
        };
    }

    private static async Task<Dictionary<(DateOnly? Day, string? User), CodeFigures>> ReadAsync(
        ReportSnapshot snapshot, ReportQuery query, (SpendBy Spend, FigureBy Code) by, CancellationToken cancellationToken)
    {
        var spent = await SpendStore.ReadAsync(snapshot, query, by.Spend, null, cancellationToken);
        var code = await MetricFigures.ReadAsync(snapshot, query, CodeFigures.Metrics, by.Code, CodeFigures.Attributes, cancellationToken);
        return spent.Select(static row => ((row.Day, row.User), new CodeFigures { CostNanodollars = row.Usage.CostNanodollars }))
            .Concat(code.Select(static metric => ((metric.Of.Day, metric.Of.User), CodeFigures.Of(metric))))
            .GroupBy(static one => one.Item1, static one => one.Item2)
            .ToDictionary(static group => group.Key, static group => group.Aggregate(static (sum, one) => sum + one));
    }

    private static CodeFigures Sum(Dictionary<(DateOnly? Day, string? User), CodeFigures> figures) => figures.Values.Aggregate(default(CodeFigures), static (sum, one) => sum + one);

    private static IReadOnlyList<object?> Cells(string? of, CodeFigures figures) =>
    [
        of,
        figures.Added,
        figures.Removed,
        figures.Commits,
        figures.PullRequests,
        figures.Accepted,
        figures.Rejected,
        figures.CostNanodollars,
        CodeFigures.Each(figures.CostNanodollars, Figure.Clamp(figures.Added + (Int128)figures.Removed)),
        CodeFigures.Each(figures.CostNanodollars, figures.Commits),
        CodeFigures.Each(figures.CostNanodollars, figures.PullRequests),
        CodeFigures.Each(figures.CostNanodollars, figures.Accepted),
    ];
}
