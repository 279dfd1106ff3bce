using ActivityLog.Core.Sessions;

namespace ActivityLog.Core.Reports;

/// <summary>The sessions that cost most.</summary>
internal sealed class DearestSessionsReport(SpendStore spend, ISessionStore sessions, TimeProvider clock) : IReport
{
    private const int Rows = 100;

    private static readonly ReportColumn[] s_columns =
    [
        new("sessionId", "Session", ReportColumnKind.Session) { Filter = "sessionId" },
        CostTable.User with { Filter = null },
        new("startedAt", "Began", ReportColumnKind.Time),
        new("lengthSeconds", "Length", ReportColumnKind.Seconds),
        new("source", "Source", ReportColumnKind.Text),
        new("costMicrocents", "Cost", ReportColumnKind.Money),
        new("share", "Share", ReportColumnKind.Share),
        new("costPerPromptMicrocents", "Per prompt", ReportColumnKind.Money) { Behind = ReportColumn.OfNoMessages },
        new("prompts", "Prompts", ReportColumnKind.Count) { Behind = "type=ai.prompt" },
        new("calls", "Calls", ReportColumnKind.Count),
        new("tools", "Tools", ReportColumnKind.Count) { Behind = ReportColumn.OfUses },
        new("errors", "Failed", ReportColumnKind.Count) { Behind = "type=ai.error" },
        new("tokens", "Tokens", ReportColumnKind.Tokens),
        new(ReportColumn.SystemFilter, "System", ReportColumnKind.Text) { Filter = ReportColumn.SystemFilter },
    ];

    /// <inheritdoc/>
    public ReportInfo Info { get; } = new("dearest-sessions", "Dearest sessions", "The 100 sessions that cost most.", ReportGroup.Activity, ReportChartKind.Bars)
    {
        IsLargestOnly = true,
        Note = "The total, and the whole that shares are of, is all that was spent, by whatever session.",
    };

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var list = await sessions.ListAsync(new SessionQuery { Filter = query, Sort = SessionSort.Cost, Take = Rows }, cancellationToken);
        var (spent, spentBefore) = await PeriodBefore.ReadAsync(query, clock, (of, _) => spend.ReadAsync(of, SpendBy.Nothing, cancellationToken));
        var total = SpendUsage.Sum(spent);
        var totalBefore = spentBefore is null ? default(SpendUsage?) : SpendUsage.Sum(spentBefore);
        var rows = list.Items.OrderByDescending(static row => row.CostNanodollars).ThenBy(static row => row.SessionId, StringComparer.Ordinal).ToList();
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = s_columns,
            Rows = [.. rows.Select(session => Cells(session, total))],
            Total = Total(total),
            PreviousTotal = totalBefore is { } usage ? Total(usage) : null,
            Categories = [.. rows.Select(static row => row.SessionId)],
            Series = [new("Cost", SpendSource.Events, [.. rows.Select(static row => (double?)row.CostNanodollars)])],
        };
    }

    private static IReadOnlyList<object?> Cells(SessionView session, SpendUsage whole) =>
    [
        session.SessionId,
        session.UserName,
        session.StartedAt,
        session.DurationMs / 1000,
        session.Source,
        session.CostNanodollars,
        whole.CostNanodollars == 0 ? null : (double)session.CostNanodollars / whole.CostNanodollars,
        CodeFigures.Each(session.CostNanodollars, session.Prompts),
        session.Prompts,
        session.Generations,
        session.Tools,
        session.Errors,
        new SpendUsage(0, 0, session.InputTokens, session.OutputTokens, session.CacheReadTokens, session.CacheCreateTokens).Tokens,
        session.SystemId.ToString(),
    ];

    private static IReadOnlyList<object?> Total(SpendUsage usage) =>
        [null, null, null, null, null, usage.CostNanodollars, usage.CostNanodollars == 0 ? null : 1.0, null, null, usage.Calls, null, null, usage.Tokens, null];
}
