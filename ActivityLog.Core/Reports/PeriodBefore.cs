using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Finds the period that a report is compared with: the one before, as long.</summary>
internal static class PeriodBefore
{
    /// <summary>
    /// What a query tells and what the period before it told, null without one. Both are read at once, each of a state of the database of its own: what has gone by
    /// hardly changes, and a person waits for the longer of them only.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="clock">Tells where a query without an end ends.</param>
    /// <param name="read">Reads a query, and is told whether it is the period before.</param>
    public static async Task<(T Now, T? Before)> ReadAsync<T>(ReportQuery query, TimeProvider clock, Func<ReportQuery, bool, Task<T>> read)
        where T : class
    {
        var before = Of(query, clock) is { } period ? read(period, true) : null;
        var now = read(query, false);
        await Task.WhenAll(before is null ? [now] : [now, before]);
        return (await now, before is null ? null : await before);
    }

    /// <summary>
    /// The same query over the period before: as many days of its zone where it is of whole days, else as much time. Null without a first moment.
    /// </summary>
    public static ReportQuery? Of(ReportQuery query, TimeProvider clock)
    {
        if (query.From is not { } from)
        {
            return null;
        }

        var to = query.To ?? clock.GetUtcNow().UtcDateTime;
        if (to <= from)
        {
            return null;
        }

        var zone = ZoneOffsets.Of(query.Zone);
        var (first, end) = (zone.DateAt(from), zone.DateAt(to));
        var length = to - from;
        var before = zone.StartOf(first) == from && zone.StartOf(end) == to
            ? zone.StartOf(first.AddDays(first.DayNumber - end.DayNumber))
            : from.Ticks > length.Ticks ? from - length : DateTime.UnixEpoch;
        return query with { From = before, To = from };
    }
}
