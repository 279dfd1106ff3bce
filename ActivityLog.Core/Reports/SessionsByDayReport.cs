using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Sessions by day: how many, of how many people, how long, and what one of them and one of their prompts cost.</summary>
internal sealed class SessionsByDayReport(SqlDatabase database, TimeProvider clock) : IReport
{
    private const string ActiveTime = "claude_code.active_time.total";
    private const string OfPeople = "user";

    private static readonly ReportColumn[] s_columns =
    [
        CostTable.Day,
        new("sessions", "Sessions", ReportColumnKind.Count) { Behind = ReportColumn.OfSessions },
        new("people", "People", ReportColumnKind.Count) { Behind = ReportColumn.OfNoMessages },
        new("prompts", "Prompts", ReportColumnKind.Count) { Behind = "type=ai.prompt" },
        new("costMicrocents", "Cost", ReportColumnKind.Money),
        new("costPerSessionMicrocents", "Per session", ReportColumnKind.Money) { Behind = ReportColumn.OfNoMessages },
        new("costPerPromptMicrocents", "Per prompt", ReportColumnKind.Money) { Behind = ReportColumn.OfNoMessages },
        new("meanLengthSeconds", "Mean length", ReportColumnKind.Seconds),
        new("activeSeconds", "Active", ReportColumnKind.Seconds),
        new("personActiveSeconds", "At the keyboard", ReportColumnKind.Seconds),
    ];

    /// <inheritdoc/>
    public ReportInfo Info { get; } = new(
        "sessions-by-day", "Sessions by day", "Sessions, people and prompts of each day, how long they took and what one of them cost.", ReportGroup.Activity, ReportChartKind.StackedDays)
    {
        Measure = ReportColumnKind.Count,
        Note = "A session with a prompt, a call or spend counts on each day that it has one, and once in the total. Its length, from its first message to its last, " +
            "counts on the day it began. Active time is what senders of metrics tell.",
    };

    /// <inheritdoc/>
    public async Task<ReportTable> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var (rows, rowsBefore) = await ReportSnapshot.ReadBothAsync(
            database, query, clock, (snapshot, of, isBefore) => ReadAsync(snapshot, of, byDay: !isBefore, cancellationToken), cancellationToken);
        var totalBefore = rowsBefore?.Find(static row => row.Day is null);
        var byDay = rows.Where(static row => row.Day is not null).ToDictionary(static row => row.Day!.Value);
        var days = ReportDays.Of(query, byDay.Keys, clock);
        return new ReportTable
        {
            Info = Info,
            Query = query,
            Columns = s_columns,
            Rows = [.. byDay.Values.OrderBy(static row => row.Day).Select(Cells)],
            Total = Cells(rows.Find(static row => row.Day is null)!),
            PreviousTotal = totalBefore is null ? null : Cells(totalBefore),
            Categories = [.. days.Select(CostOverDaysReport.Format)],
            Series = [new("Sessions", SpendSource.Events, [.. days.Select(day => (double?)(byDay.GetValueOrDefault(day)?.Sessions ?? 0))])],
        };
    }

    // A row of the whole, and one a day where days are told apart.
    private static async Task<List<Row>> ReadAsync(ReportSnapshot snapshot, ReportQuery query, bool byDay, CancellationToken cancellationToken)
    {
        var ofDays = byDay ? FigureBy.Day : FigureBy.Nothing;
        var active = await ActivityStore.ReadAsync(snapshot, query, byDay, cancellationToken);
        var spent = (await SpendStore.ReadAsync(snapshot, query, byDay ? SpendBy.Day : SpendBy.Nothing, null, cancellationToken)).ToLookup(static row => row.Day, static row => row.Usage);
        var counts = FigureRows.Of(snapshot, query, ofDays);
        var prompts = (await FigureStore.ReadAsync(snapshot, counts, sql => counts.Counts(sql, MessageType.Prompt), ["messages"], [], [], cancellationToken))
            .ToLookup(static figure => figure.Of.Day, static figure => figure.Numbers[0]);
        var lengths = await SessionLengths.ReadAsync(snapshot, query, active.Sessions, cancellationToken);
        var times = (await MetricFigures.ReadAsync(snapshot, query, [ActiveTime], ofDays, ["type"], cancellationToken)).ToLookup(static time => time.Of.Day);

        var activeOn = active.Days;
        var days = !byDay ? [] : spent.Select(static day => day.Key).Concat(prompts.Select(static day => day.Key)).Concat(times.Select(static day => day.Key)).OfType<DateOnly>()
            .Union(activeOn.Keys).Union(lengths.Keys);
        var rows = days.Select(day => new Row(
            day, activeOn.GetValueOrDefault(day)?.Sessions ?? 0, activeOn.GetValueOrDefault(day)?.People ?? 0, prompts[day].Sum(), Cost(spent[day]),
            lengths.GetValueOrDefault(day), Time(times[day]), Time(times[day].Where(static time => time.Of.First == OfPeople)))).ToList();
        rows.Add(new Row(
            null, active.Whole.Sessions, active.Whole.People, prompts.Sum(static day => day.Sum()), Cost(spent.SelectMany(static day => day)),
            (lengths.Values.Sum(static day => day.Sessions), lengths.Values.Sum(static day => day.Seconds)),
            Time(times.SelectMany(static day => day)), Time(times.SelectMany(static day => day).Where(static time => time.Of.First == OfPeople))));
        return rows;
    }

    private static long Cost(IEnumerable<SpendUsage> usage) => usage.Aggregate(default(SpendUsage), static (sum, one) => sum + one).CostNanodollars;

    private static double? Time(IEnumerable<(FigureKey Of, double Value)> times) => times.Any() ? times.Sum(static time => time.Value) : null;

    private static IReadOnlyList<object?> Cells(Row row) =>
    [
        row.Day is { } day ? CostOverDaysReport.Format(day) : null,
        row.Sessions,
        row.People,
        row.Prompts,
        row.CostNanodollars,
        CodeFigures.Each(row.CostNanodollars, row.Sessions),
        CodeFigures.Each(row.CostNanodollars, row.Prompts),
        row.Lengths.Sessions == 0 ? null : row.Lengths.Seconds / row.Lengths.Sessions,
        row.ActiveSeconds,
        row.PersonActiveSeconds,
    ];

    private sealed record Row(
        DateOnly? Day, long Sessions, long People, long Prompts, long CostNanodollars, (long Sessions, double Seconds) Lengths, double? ActiveSeconds, double? PersonActiveSeconds);
}
