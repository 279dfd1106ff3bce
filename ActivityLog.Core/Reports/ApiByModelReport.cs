using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Reports;

/// <summary>How the models' API did, by model: errors, refusals, retries, and how long it took; the chart is the p95 of each day.</summary>
internal sealed class ApiByModelReport(SqlDatabase database, TimeProvider clock) : IReport
{
    private const string P95 = "p95DurationMs";

    private static readonly MessageType[] s_types = [MessageType.Generation, MessageType.Error, MessageType.Refusal];

    private static readonly ReportColumn[] s_columns =
    [
        CostTable.Model,
        new("calls", "Calls", ReportColumnKind.Count),
        new("previousCalls", "Before", ReportColumnKind.Count) { PreviousOf = "calls" },
        new("errors", "Failed", ReportColumnKind.Count) { Behind = "type=ai.error" },
        new("errorRate", "Failed of all", ReportColumnKind.Rate) { Behind = "type=ai.error" },
        new("refusals", "Refused", ReportColumnKind.Count) { Behind = "type=ai.refusal" },
        new("retries", "Retries", ReportColumnKind.Count) { Behind = ReportColumn.OfNoMessages },
        new("p50DurationMs", "p50", ReportColumnKind.Duration),
        new(P95, "p95", ReportColumnKind.Duration),
        new("p50TimeToFirstTokenMs", "First token p50", ReportColumnKind.Duration),
        new("p95TimeToFirstTokenMs", "First token p95", ReportColumnKind.Duration),
    ];

    /// <inheritdoc/>
    public ReportInfo Info { get; } = new(
        "api-by-model", "API by model", "Errors, refusals, retries and latency of each model's API; the chart is the 95th percentile of each day.", ReportGroup.Api, ReportChartKind.Lines)
    {
        Measure = ReportColumnKind.Duration,
        Lead = P95,
        Series = ReportColumnKind.Model,
        Note = "A call that failed for good is no call that was answered; what a retry cured is only told by senders of traces. Percentiles are off by 1 % at most.",
    };

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var (read, readBefore) = await ReportSnapshot.ReadBothAsync(
            database, query, clock, (snapshot, of, isBefore) => ReadAsync(snapshot, of, byDay: !isBefore, cancellationToken), cancellationToken);
        var calls = read.Calls;
        var rows = RowsOf(read).OrderByDescending(static row => row.Calls).ThenBy(static row => row.Model, StringComparer.Ordinal).ToList();
        var rowsBefore = readBefore is null ? null : RowsOf(readBefore);

        var total = Sum(rows);
        var totalBefore = rowsBefore is null ? null : Sum(rowsBefore);
        var callsBefore = rowsBefore?.ToLookup(static row => row.Model, static row => row.Calls);
        var days = ReportDays.Of(query, calls.Select(static figure => figure.Of.Day!.Value), clock);
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = s_columns,
            Rows = [.. rows.Select(row => Cells(row, callsBefore?[row.Model].FirstOrDefault()))],
            Total = Cells(total, totalBefore?.Calls),
            PreviousTotal = totalBefore is null ? null : Cells(totalBefore, null),
            Categories = [.. days.Select(CostOverDaysReport.Format)],
            Series =
            [
                .. rows.Where(static row => row.Calls > 0).Select(row =>
                {
                    var byDay = calls.Where(figure => figure.Of.Model == row.Model).ToDictionary(static figure => figure.Of.Day!.Value, static figure => figure.Histograms[0].Percentile(0.95));
                    return new ReportSeries(row.Model, SpendSource.Events, [.. days.Select(day => byDay.GetValueOrDefault(day))], row.Durations.Percentile(0.95));
                }),
            ],
        };
    }

    private static async Task<Read> ReadAsync(ReportSnapshot snapshot, ReportQuery query, bool byDay, CancellationToken cancellationToken)
    {
        var calls = FigureRows.Of(snapshot, query, FigureBy.Model | (byDay ? FigureBy.Day : FigureBy.Nothing));
        var counts = FigureRows.Of(snapshot, query, FigureBy.Model | FigureBy.Type);
        return new Read(
            await FigureStore.ReadAsync(snapshot, calls, calls.Spend, ["calls"], ["durations", "ttfts"], [], cancellationToken),
            await FigureStore.ReadAsync(snapshot, counts, sql => counts.Counts(sql, s_types), ["messages", "retries"], [], [], cancellationToken));
    }

    private static List<Row> RowsOf(Read read)
    {
        var callsOf = read.Calls.ToLookup(static figure => figure.Of.Model);
        var countsOf = read.Counts.ToLookup(static figure => figure.Of.Model);
        return
        [
            .. callsOf.Select(static group => group.Key).Union(countsOf.Select(static group => group.Key)).Select(model =>
            {
                var sum = Figure.Sum(callsOf[model], 1, 2);
                var messages = countsOf[model].ToList();
                return new Row(
                    model, sum.Numbers[0], Of(messages, MessageType.Error), Of(messages, MessageType.Refusal), messages.Sum(static figure => figure.Numbers[1]), sum.Histograms[0], sum.Histograms[1]);
            }),
        ];
    }

    private static Row Sum(List<Row> rows)
    {
        var (durations, first) = (new LogHistogram(), new LogHistogram());
        foreach (var row in rows)
        {
            durations.Add(row.Durations);
            first.Add(row.FirstTokens);
        }

        return new Row(
            null, rows.Sum(static row => row.Calls), rows.Sum(static row => row.Errors), rows.Sum(static row => row.Refusals), rows.Sum(static row => row.Retries), durations, first);
    }

    private static long Of(List<Figure> counts, MessageType type) => counts.Where(figure => figure.Of.Type == type).Sum(static figure => figure.Numbers[0]);

    private static IReadOnlyList<object?> Cells(Row row, long? before) =>
    [
        row.Model,
        row.Calls,
        before,
        row.Errors,
        row.Calls + row.Errors == 0 ? null : (double)row.Errors / (row.Calls + row.Errors),
        row.Refusals,
        row.Retries,
        row.Durations.Percentile(0.5),
        row.Durations.Percentile(0.95),
        row.FirstTokens.Percentile(0.5),
        row.FirstTokens.Percentile(0.95),
    ];

    private sealed record Read(List<Figure> Calls, List<Figure> Counts);

    private sealed record Row(string? Model, long Calls, long Errors, long Refusals, long Retries, LogHistogram Durations, LogHistogram FirstTokens);
}
