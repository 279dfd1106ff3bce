namespace ActivityLog.Core.Reports;

/// <summary>Tokens of each kind by day or person, and how much of what was sent came from a cache: a row a day or person, told apart by source.</summary>
internal abstract class TokenReport(SpendStore spend, TimeProvider clock) : IReport
{
    private static readonly ReportColumn[] s_numbers =
    [
        new("source", "Source", ReportColumnKind.Text),
        new("tokens", "Tokens", ReportColumnKind.Tokens),
        new("previousTokens", "Before", ReportColumnKind.Tokens) { PreviousOf = "tokens" },
        new("share", "Share", ReportColumnKind.Share),
        new("inputTokens", "Input", ReportColumnKind.Tokens),
        new("outputTokens", "Output", ReportColumnKind.Tokens),
        new("cacheReadTokens", "Cache read", ReportColumnKind.Tokens),
        new("cacheCreateTokens", "Cache write", ReportColumnKind.Tokens),
        new("cacheHitRate", "Cache hit", ReportColumnKind.Rate),
        new("calls", "Calls", ReportColumnKind.Count),
    ];

    private static readonly (string Name, Func<SpendUsage, long> Tokens)[] s_kinds =
    [
        ("Cache read", static usage => usage.CacheReadTokens),
        ("Cache write", static usage => usage.CacheCreateTokens),
        ("Input", static usage => usage.InputTokens),
        ("Output", static usage => usage.OutputTokens),
    ];

    /// <inheritdoc/>
    public abstract ReportInfo Info { get; }

    /// <summary>Whether a row is a person; else it is a day.</summary>
    protected abstract bool IsByUser { get; }

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        // A day has no counterpart in the period before; only the whole is compared.
        var (spent, spentBefore) = await PeriodBefore.ReadAsync(
            query, clock, (of, isBefore) => spend.ReadAsync(of, IsByUser ? SpendBy.User : isBefore ? SpendBy.Nothing : SpendBy.Day, cancellationToken));

        var total = SpendUsage.Sum(spent);
        var totalBefore = spentBefore is null ? default(SpendUsage?) : SpendUsage.Sum(spentBefore);
        var usageBefore = spentBefore?.ToLookup(static row => (row.Source, row.User), static row => row.Usage);
        var rows = spent.OrderBy(static row => row.Day).ThenByDescending(static row => row.Usage.Tokens)
            .ThenBy(static row => row.User, StringComparer.Ordinal).ThenBy(static row => row.Source, StringComparer.Ordinal).ToList();
        var days = IsByUser ? [] : ReportDays.Of(query, rows.Select(static row => row.Day!.Value), clock);
        IReadOnlyList<string?> names = IsByUser ? [.. rows.Select(static row => row.User).Distinct(StringComparer.Ordinal)] : [.. days.Select(CostOverDaysReport.Format)];
        var usages = rows.ToLookup(row => IsByUser ? row.User : CostOverDaysReport.Format(row.Day!.Value), static row => row.Usage);
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = [IsByUser ? CostTable.User : CostTable.Day, .. s_numbers],
            Rows =
            [
                .. rows.Select(row => Row(
                    IsByUser ? row.User : CostOverDaysReport.Format(row.Day!.Value), row.Source, row.Usage,
                    IsByUser ? usageBefore?[(row.Source, row.User)].Sum(static usage => usage.Tokens) : null, total.Tokens)),
            ],
            Total = Row(null, null, total, totalBefore?.Tokens, total.Tokens),
            PreviousTotal = totalBefore is { } usage ? Row(null, null, usage, null, usage.Tokens) : null,
            Categories = names,
            Series =
            [
                .. s_kinds.Select(kind => new ReportSeries(
                    kind.Name, SpendSource.Events, [.. names.Select(name => (double?)usages[name].Sum(usage => (double)kind.Tokens(usage)))])),
            ],
        };
    }

    private static IReadOnlyList<object?> Row(string? of, string? source, SpendUsage usage, long? before, long whole) =>
    [
        of,
        source,
        usage.Tokens,
        before,
        whole == 0 ? null : (double)usage.Tokens / whole,
        usage.InputTokens,
        usage.OutputTokens,
        usage.CacheReadTokens,
        usage.CacheCreateTokens,
        usage.CacheHitRate,
        usage.Calls,
    ];
}
