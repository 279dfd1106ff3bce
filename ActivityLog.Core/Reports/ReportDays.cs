using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Finds the days of a chart: those without anything too.</summary>
internal static class ReportDays
{
    // Of a longer range only the days with something: nobody looks at three years of empty columns.
    private const int MostDays = 1100;

    /// <summary>The days of a query in its zone, in order.</summary>
    /// <param name="query">Its bounds; without a first moment the first day with something, without a last one today.</param>
    /// <param name="used">The days with something.</param>
    /// <param name="clock">Says which day today is.</param>
    public static IReadOnlyList<DateOnly> Of(ReportQuery query, IEnumerable<DateOnly> used, TimeProvider clock)
    {
        var days = used.Distinct().Order().ToList();
        var zone = ZoneOffsets.Of(query.Zone);
        var today = zone.DateAt(clock.GetUtcNow().UtcDateTime);
        var first = query.From is { } from ? zone.DateAt(from) : days.Count > 0 ? days[0] : today;
        var last = query.To is { } to ? zone.DateAt(to.AddTicks(-1)) : days.Count > 0 && days[^1] > today ? days[^1] : today;
        var count = last.DayNumber - first.DayNumber + 1;
        return count is > 0 and <= MostDays ? [.. Enumerable.Range(0, count).Select(first.AddDays)] : days;
    }
}
