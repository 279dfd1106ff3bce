using ActivityLog.Core.Pricing;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>What caching does, by day or person: how much of what was sent came from a cache, and what that saved at list prices.</summary>
internal abstract class CacheReport(SqlDatabase database, IPriceStore prices, TimeProvider clock) : IReport
{
    /// <summary>What the savings leave open.</summary>
    protected const string Note =
        "Saved is what the tokens read from a cache would have cost more at the list price of their day, less what writing to it cost more. Which writes were kept " +
        "for an hour, and which calls were billed as fast, as priority or by region, isn't known here: the price of five minutes and of an ordinary call is taken.";

    private static readonly string[] s_numbers = ["input_tokens", "cache_read_tokens", "cache_create_tokens", "calls"];

    private static readonly ReportColumn[] s_columns =
    [
        new("cacheHitRate", "Cache hit", ReportColumnKind.Rate),
        new("savedMicrocents", "Saved", ReportColumnKind.Money),
        new("previousSavedMicrocents", "Before", ReportColumnKind.Money) { PreviousOf = "savedMicrocents" },
        new("cacheReadTokens", "Cache read", ReportColumnKind.Tokens),
        new("cacheCreateTokens", "Cache write", ReportColumnKind.Tokens),
        new("inputTokens", "Input", ReportColumnKind.Tokens),
        new("unpricedTokens", "Without a price", ReportColumnKind.Tokens),
        new("calls", "Calls", ReportColumnKind.Count),
    ];

    /// <inheritdoc/>
    public abstract ReportInfo Info { get; }

    /// <summary>Whether a row is a person; else it is a day.</summary>
    protected abstract bool IsByUser { get; }

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var table = await prices.GetAsync(cancellationToken);
        var (read, rowsBefore) = await ReportSnapshot.ReadBothAsync(
            database, query, clock, (snapshot, of, _) => ReadAsync(snapshot, of, table, cancellationToken), cancellationToken);
        List<Row> rows = IsByUser
            ? [.. read.OrderByDescending(static row => row.Saved.Nanodollars).ThenByDescending(static row => row.CacheRead).ThenBy(static row => row.User, StringComparer.Ordinal)]
            : [.. read.OrderBy(static row => row.Day)];

        var total = Row.Sum(rows);
        var totalBefore = rowsBefore is null ? null : Row.Sum(rowsBefore);
        var savedBefore = IsByUser ? rowsBefore?.ToLookup(static row => row.User) : null;
        var days = IsByUser ? [] : ReportDays.Of(query, rows.Select(static row => row.Day!.Value), clock);
        var byDay = IsByUser ? null : rows.ToDictionary(static row => row.Day!.Value);
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = [IsByUser ? CostTable.User : CostTable.Day, .. s_columns],
            Rows = [.. rows.Select(row => Cells(IsByUser ? row.User : CostOverDaysReport.Format(row.Day!.Value), row, savedBefore?[row.User].FirstOrDefault()))],
            Total = Cells(null, total, totalBefore),
            PreviousTotal = totalBefore is null ? null : Cells(null, totalBefore, null),
            Categories = IsByUser ? [.. rows.Select(static row => row.User)] : [.. days.Select(CostOverDaysReport.Format)],
            Series = IsByUser
                ? [new("Saved", SpendSource.Events, [.. rows.Select(static row => (double?)row.Saved.Nanodollars)])]
                : [new("Cache hit rate", SpendSource.Events, [.. days.Select(day => byDay!.GetValueOrDefault(day)?.HitRate)])],
        };
    }

    private async Task<List<Row>> ReadAsync(ReportSnapshot snapshot, ReportQuery query, PriceTable table, CancellationToken cancellationToken)
    {
        var zone = ZoneOffsets.Of(query.Zone);
        var first = query.From is { } from ? zone.DateAt(from) : DateOnly.MinValue;
        var last = query.To is { } to ? zone.DateAt(to.AddTicks(-1)) : zone.DateAt(clock.GetUtcNow().UtcDateTime);
        // Days only where they matter: of a person there is one row else, whatever the range.
        var byDay = !IsByUser || table.ChangesBetween(first, last);
        var by = FigureBy.Model | FigureBy.PromptSize | (IsByUser ? FigureBy.User : FigureBy.Day) | (byDay ? FigureBy.Day : FigureBy.Nothing);
        var rows = FigureRows.Of(snapshot, query, by);
        var calls = (await FigureStore.ReadAsync(snapshot, rows, rows.Spend, s_numbers, [], [], cancellationToken)).Select(figure => new Row(
            IsByUser ? null : figure.Of.Day, IsByUser ? figure.Of.User : null, figure.Numbers[0], figure.Numbers[1], figure.Numbers[2], figure.Numbers[3],
            CacheSavings.Of(table.Find(figure.Of.Model, figure.Of.Day ?? last), figure.Of.PromptSize, figure.Numbers[1], figure.Numbers[2])));
        var metrics = (await SpendStore.ReadMetricsAsync(snapshot, query, SpendBy.Day | SpendBy.User | SpendBy.Model, null, cancellationToken)).Select(row => new Row(
            IsByUser ? null : row.Day, IsByUser ? row.User : null, row.Usage.InputTokens, row.Usage.CacheReadTokens, row.Usage.CacheCreateTokens, 0,
            CacheSavings.Of(table.Find(row.Model, row.Day ?? last), null, row.Usage.CacheReadTokens, row.Usage.CacheCreateTokens)));
        return [.. calls.Concat(metrics).GroupBy(static row => (row.Day, row.User)).Select(static group => Row.Sum([.. group]) with { Day = group.Key.Day, User = group.Key.User })];
    }

    private static IReadOnlyList<object?> Cells(string? of, Row row, Row? before) =>
    [
        of,
        row.HitRate,
        row.Saved.Nanodollars,
        before?.Saved.Nanodollars,
        row.CacheRead,
        row.CacheCreate,
        row.Input,
        row.Saved.UnpricedTokens,
        row.Calls,
    ];

    private sealed record Row(DateOnly? Day, string? User, long Input, long CacheRead, long CacheCreate, long Calls, CacheSavings Saved)
    {
        public double? HitRate => new SpendUsage(0, 0, Input, 0, CacheRead, CacheCreate).CacheHitRate;

        public static Row Sum(IReadOnlyList<Row> rows)
        {
            var usage = rows.Aggregate(default(SpendUsage), static (sum, row) => sum + new SpendUsage(0, row.Calls, row.Input, 0, row.CacheRead, row.CacheCreate));
            return new Row(
                null, null, usage.InputTokens, usage.CacheReadTokens, usage.CacheCreateTokens, usage.Calls, rows.Aggregate(default(CacheSavings), static (sum, row) => sum + row.Saved));
        }
    }
}
