using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <inheritdoc cref="IOverviewStore"/>
internal sealed class OverviewStore(SqlDatabase database, TimeProvider clock) : IOverviewStore
{
    private const int Largest = 5;

    public async Task<Overview> GetAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var (now, before) = await ReportSnapshot.ReadBothAsync(
            database, query, clock, (snapshot, of, isBefore) => isBefore ? ReadWholeAsync(snapshot, of, cancellationToken) : ReadAsync(snapshot, of, cancellationToken), cancellationToken);
        var spentBefore = before is null ? default(SpendUsage?) : SpendUsage.Sum(before.Spent);
        var activeOn = now.Active.Days;
        var days = ReportDays.Of(query, now.Spent.Select(static row => row.Day!.Value).Concat(activeOn.Keys), clock);
        var spent = now.Spent.GroupBy(static row => row.Day!.Value).ToDictionary(static day => day.Key, SpendUsage.Sum);
        var total = SpendUsage.Sum(now.Spent);
        return new Overview
        {
            Query = query,
            Days = days,
            Month = now.Month!,
            Spend = new(total.CostNanodollars, spentBefore?.CostNanodollars, [.. days.Select(day => spent.GetValueOrDefault(day).CostNanodollars)]),
            Tokens = new(total.Tokens, spentBefore?.Tokens, [.. days.Select(day => (double?)spent.GetValueOrDefault(day).Tokens)]),
            CacheHitRate = new(total.CacheHitRate, spentBefore?.CacheHitRate, [.. days.Select(day => spent.GetValueOrDefault(day).CacheHitRate)]),
            Sessions = Figure(static row => row.Sessions),
            People = Figure(static row => row.People),
            Errors = Figure(static row => row.Errors),
            CostByModel = CostByDayReport.Series(now.Spent, days),
            TopPeople = Top(now.ByUser, static row => row.User),
            TopModels = Top(now.Spent, static row => row.Model),
            TopSessions = Top(now.BySession, static row => row.SessionId, withDetails: true),
        };

        OverviewFigure Figure(Func<ActivityRow, long> value) => new(
            value(now.Active.Whole),
            before is null ? null : value(before.Active.Whole),
            [.. days.Select(day => (double?)(activeOn.TryGetValue(day, out var row) ? value(row) : 0))]);
    }

    public Task<MonthToDate> GetMonthAsync(ReportQuery query, CancellationToken cancellationToken) =>
        ReportSnapshot.ReadAsync(database, query, snapshot => ReadMonthAsync(snapshot, query, cancellationToken), cancellationToken);

    private async Task<Period> ReadAsync(ReportSnapshot snapshot, ReportQuery query, CancellationToken cancellationToken)
    {
        // What only metrics tell is little: read once, in full detail.
        var metrics = await SpendStore.ReadMetricsAsync(
            snapshot, query, SpendBy.Day | SpendBy.Model | SpendBy.User | SpendBy.Session, null, cancellationToken);
        return new Period(
            [.. await SpendStore.ReadGenerationsAsync(snapshot, query, SpendBy.Day | SpendBy.Model, null, cancellationToken), .. metrics],
            await ActivityStore.ReadAsync(snapshot, query, byDay: true, cancellationToken),
            [.. await SpendStore.ReadGenerationsAsync(snapshot, query, SpendBy.User, null, cancellationToken), .. metrics],
            [.. await SessionSpendStore.ReadDearestAsync(snapshot, query, Largest, cancellationToken), .. metrics.Where(static row => row.SessionId is not null)],
            await ReadMonthAsync(snapshot, query, cancellationToken));
    }

    // Nothing of it is told apart.
    private static async Task<Period> ReadWholeAsync(ReportSnapshot snapshot, ReportQuery query, CancellationToken cancellationToken) => new(
        await SpendStore.ReadAsync(snapshot, query, SpendBy.Nothing, null, cancellationToken),
        await ActivityStore.ReadAsync(snapshot, query, byDay: false, cancellationToken),
        [],
        [],
        null);

    // This month and the weeks before, whatever the range is.
    private async Task<MonthToDate> ReadMonthAsync(ReportSnapshot snapshot, ReportQuery query, CancellationToken cancellationToken)
    {
        var zone = ZoneOffsets.Of(query.Zone);
        var today = zone.DateAt(clock.GetUtcNow().UtcDateTime);
        var recent = query with { From = zone.StartOf(today.AddDays(-Forecasting.DaysLookedAt)), To = zone.StartOf(today.AddDays(1)) };
        var rows = await SpendStore.ReadAsync(snapshot, recent, SpendBy.Day, null, cancellationToken);
        var costs = rows.GroupBy(static row => row.Day!.Value).ToDictionary(static day => day.Key, static day => SpendUsage.Sum(day).CostNanodollars);
        var spent = SpendUsage.Sum(rows.Where(row => row.Day!.Value is var day && day <= today && (day.Year, day.Month) == (today.Year, today.Month)));
        return new MonthToDate(today, spent.CostNanodollars, Forecasting.Of(costs, today));
    }

    private static IReadOnlyList<OverviewShare> Top(IEnumerable<SpendRow> rows, Func<SpendRow, string?> name, bool withDetails = false) =>
    [
        .. rows.GroupBy(row => (Name: name(row), System: withDetails ? row.SystemId : null))
            .Select(group =>
            {
                var usage = SpendUsage.Sum(group);
                var latest = group.MaxBy(static row => row.LastAt)!;
                return new OverviewShare(group.Key.Name, usage.CostNanodollars, usage.Calls, withDetails ? latest.User : null, withDetails ? latest.LastAt : null, group.Key.System);
            })
            .OrderByDescending(static share => share.CostNanodollars).ThenBy(static share => share.Name, StringComparer.Ordinal)
            .Take(Largest),
    ];

    // What is read of one: spend by day and model, who was active, spend by person, the dearest sessions, this month.
    private sealed record Period(List<SpendRow> Spent, ActivityTally Active, List<SpendRow> ByUser, List<SpendRow> BySession, MonthToDate? Month);
}
