using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Summaries;

/// <summary>Finds the days of a System that have rows or sums.</summary>
internal sealed class RebuildBounds(SqlDatabase database, SummaryRules rules, RebuildCalendar calendar)
{
    /// <summary>The first and the last day; null where there is none.</summary>
    public async Task<(int First, int Last)?> FindAsync(int system, IReadOnlyList<SumTable> tables, CancellationToken cancellationToken)
    {
        var first = await FindAsync(system, tables, "min", null, cancellationToken);
        var last = await FindAsync(system, tables, "max", null, cancellationToken);
        return first.Count > 0 ? (first.Min(), last.Max()) : null;
    }

    /// <summary>The first day that isn't before another one; null where there is none. Of points, which aren't in the order of time, it is that one itself.</summary>
    public async Task<int?> FindNextAsync(int system, IReadOnlyList<SumTable> tables, int from, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(tables, SumDifference.OfPoints))
        {
            return from;
        }

        var days = await FindAsync(system, tables, "min", from, cancellationToken);
        return days.Count > 0 ? Math.Max(from, days.Min()) : null;
    }

    private async Task<List<int>> FindAsync(int system, IReadOnlyList<SumTable> tables, string function, int? from, CancellationToken cancellationToken)
    {
        var sql = database.NewText();
        var key = sql.Parameter(system);
        var raw = ReferenceEquals(tables, SumDifference.OfPoints) ? "metric_points" : "messages";
        var since = from is { } day ? calendar.StartOf(day) : (long?)null;
        // Each by itself: an index answers one of them at once.
        sql.Add($"select (select {function}(occurred_at) from {raw} where system_key = {key}{Since("occurred_at", since)})");
        List<SummaryGrain> grains = [];
        foreach (var (table, grain) in tables.SelectMany(static table => table.Grains.Select(grain => (table, grain))))
        {
            var least = from is not { } start ? default(int?) : grain == SummaryGrain.Quarter ? calendar.QuarterOf(start) : SumTimes.Of(grain, start);
            sql.Add($", (select {function}(at) from {table.Name} where system_key = {key} and grain = {(short)grain}{Since("at", least)})");
            grains.Add(grain);
        }

        return (await database.ReadAsync(
            sql,
            row => Enumerable.Range(0, row.FieldCount).Where(i => !row.IsDBNull(i)).Select(i =>
                i == 0 ? rules.DayOf(row.GetInt64(0)) : grains[i - 1] == SummaryGrain.Quarter ? rules.DayOf(SummaryRules.StartOf(row.GetInt32(i))) : SumTimes.FirstDayOf(grains[i - 1], row.GetInt32(i))).ToList(),
            cancellationToken))[0];

        string Since(string column, long? least) => least is { } value ? $" and {column} >= {sql.Parameter(value)}" : "";
    }
}
