namespace ActivityLog.Core.Reports;

/// <summary>The prompts that cost most.</summary>
internal sealed class DearestPromptsReport(SpendStore spend, DearestPrompts prompts, TimeProvider clock) : IReport
{
    private const int Rows = 50;

    private static readonly ReportColumn[] s_columns =
    [
        new("promptId", "Prompt", ReportColumnKind.Prompt) { Filter = "promptId" },
        new("sessionId", "Session", ReportColumnKind.Session) { Filter = "sessionId" },
        CostTable.User with { Filter = null },
        new("at", "First answer", ReportColumnKind.Time),
        new("costMicrocents", "Cost", ReportColumnKind.Money),
        new("share", "Share", ReportColumnKind.Share),
        new("calls", "Calls", ReportColumnKind.Count),
        new("inputTokens", "Input", ReportColumnKind.Tokens),
        new("outputTokens", "Output", ReportColumnKind.Tokens),
        new("cacheReadTokens", "Cache read", ReportColumnKind.Tokens),
        new("cacheCreateTokens", "Cache write", ReportColumnKind.Tokens),
        new(ReportColumn.SystemFilter, "System", ReportColumnKind.Text) { Filter = ReportColumn.SystemFilter },
    ];

    /// <inheritdoc/>
    public ReportInfo Info { get; } = new("dearest-prompts", "Dearest prompts", "The 50 prompts whose calls cost most, those of their agents among them.", ReportGroup.Activity, ReportChartKind.Bars)
    {
        IsLargestOnly = true,
        Note = "The total, and the whole that shares are of, is all that was spent, by whatever prompt. The prompts are looked for in the 10,000 dearest sessions.",
    };

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var rows = await prompts.ReadAsync(query, Rows, cancellationToken);
        var (spent, spentBefore) = await PeriodBefore.ReadAsync(query, clock, (of, _) => spend.ReadAsync(of, SpendBy.Nothing, cancellationToken));
        var total = SpendUsage.Sum(spent);
        var totalBefore = spentBefore is null ? default(SpendUsage?) : SpendUsage.Sum(spentBefore);
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = s_columns,
            Rows = [.. rows.Select(row => Cells([row.PromptId, row.SessionId, row.User, row.At], row.Usage, total, row.SystemId))],
            Total = Cells([null, null, null, null], total, total, null),
            PreviousTotal = totalBefore is { } usage ? Cells([null, null, null, null], usage, usage, null) : null,
            Categories = [.. rows.Select(static row => row.PromptId)],
            Series = [new("Cost", SpendSource.Events, [.. rows.Select(static row => (double?)row.Usage.CostNanodollars)])],
        };
    }

    private static IReadOnlyList<object?> Cells(IReadOnlyList<object?> of, SpendUsage usage, SpendUsage whole, Guid? systemId) =>
    [
        .. of,
        usage.CostNanodollars,
        whole.CostNanodollars == 0 ? null : (double)usage.CostNanodollars / whole.CostNanodollars,
        usage.Calls,
        usage.InputTokens,
        usage.OutputTokens,
        usage.CacheReadTokens,
        usage.CacheCreateTokens,
        systemId?.ToString(),
    ];
}
