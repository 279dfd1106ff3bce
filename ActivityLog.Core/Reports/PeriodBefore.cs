using ActivityLog.Core.Queries;

namespace ActivityLog.Core.Reports;

/// <summary>Finds the period that a report is compared with: the one before, as long.</summary>
internal static class PeriodBefore
{
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
