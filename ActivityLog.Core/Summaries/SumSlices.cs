using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Finds the rows of sums that hold a range of time, each moment of it once: days as far as they go, quarters of an hour for the rest.</summary>
internal static class SumSlices
{
    private const long Quarter = 900 * UnixMicroseconds.PerSecond;

    /// <summary>The slices; null where no rows are bounded as the range is.</summary>
    /// <param name="from">First moment, UTC; null for no bound.</param>
    /// <param name="to">First moment that isn't in it any more, UTC; null for no bound.</param>
    /// <param name="zone">The zone that pieces of time are asked of.</param>
    /// <param name="finest">The finest piece of time that is told apart; null for none.</param>
    /// <param name="days">The zone whose days there are sums of; null for none.</param>
    public static IReadOnlyList<SumSlice>? Of(DateTime? from, DateTime? to, TimeZoneInfo zone, TimeBucket? finest, TimeZoneInfo? days)
    {
        if (!IsOnQuarter(from) || !IsOnQuarter(to))
        {
            return null;
        }

        if (from is { } start && to is { } end && end <= start)
        {
            return [];
        }

        var areDaysFine = finest switch
        {
            null => true,
            TimeBucket.Hour => false,
            _ => days is not null && AreEqual(days, zone, from, to),
        };
        return (areDaysFine && days is not null ? Days(from, to, ZoneOffsets.Of(days)) : null)
            ?? (finest is null || AreOnQuarters(zone, from, to) ? [new(SummaryGrain.Quarter, QuarterOf(from), QuarterOf(to))] : null);
    }

    /// <summary>The same stretches, whole weeks of those of days as weeks.</summary>
    public static IReadOnlyList<SumSlice> ByWeeks(IReadOnlyList<SumSlice> slices) => [.. slices.SelectMany(static slice => slice.Grain == SummaryGrain.Day ? ByWeeks(slice) : [slice])];

    private static IEnumerable<SumSlice> ByWeeks(SumSlice days)
    {
        var first = days.From is { } from ? SumTimes.Of(SummaryGrain.Week, from + SumTimes.DaysOfWeek - 1) : default(int?);
        var last = days.To is { } to ? SumTimes.Of(SummaryGrain.Week, to) : default(int?);
        if (first >= last)
        {
            yield return days;
            yield break;
        }

        yield return new(SummaryGrain.Week, first, last);
        if (first is { } week && SumTimes.FirstDayOf(SummaryGrain.Week, week) is var begin && days.From != begin)
        {
            yield return days with { To = begin };
        }

        if (last is { } past && SumTimes.FirstDayOf(SummaryGrain.Week, past) is var rest && days.To != rest)
        {
            yield return days with { From = rest };
        }
    }

    // Whole days, and quarters before and after them.
    private static List<SumSlice>? Days(DateTime? from, DateTime? to, ZoneOffsets zone)
    {
        var first = from is { } start ? FirstFrom(start, zone) : default(DateOnly?);
        var last = to is { } end ? zone.DateAt(end) : default(DateOnly?);
        if (first is { } day && last is { } past && past <= day)
        {
            return null;
        }

        var (begin, rest) = (first is { } b ? zone.StartOf(b) : default(DateTime?), last is { } r ? zone.StartOf(r) : default(DateTime?));
        if (!IsOnQuarter(begin) || !IsOnQuarter(rest))
        {
            return null;
        }

        List<SumSlice> slices = [new(SummaryGrain.Day, DayOf(first), DayOf(last))];
        if (from != begin)
        {
            slices.Add(new(SummaryGrain.Quarter, QuarterOf(from), QuarterOf(begin)));
        }

        if (to != rest)
        {
            slices.Add(new(SummaryGrain.Quarter, QuarterOf(rest), QuarterOf(to)));
        }

        return slices;
    }

    private static DateOnly FirstFrom(DateTime time, ZoneOffsets zone)
    {
        var day = zone.DateAt(time);
        return zone.StartOf(day) == time ? day : day.AddDays(1);
    }

    // Zones have many names; what matters is where their days begin.
    private static bool AreEqual(TimeZoneInfo one, TimeZoneInfo other, DateTime? from, DateTime? to)
    {
        return one.Id == other.Id || Offsets(one).SequenceEqual(Offsets(other));

        // Since when the first of them is in force is before the range.
        IEnumerable<(long?, long)> Offsets(TimeZoneInfo zone) => ZoneOffsets.Of(zone).Between(from, to).Select(static (one, i) => (i == 0 ? default(long?) : one.Start, one.Offset));
    }

    // A few zones were off by odd minutes and seconds before 1980.
    private static bool AreOnQuarters(TimeZoneInfo zone, DateTime? from, DateTime? to)
    {
        var offsets = ZoneOffsets.Of(zone).Between(from, to);
        return offsets.All(static one => one.Offset % Quarter == 0) && offsets.Skip(1).All(static one => one.Start % Quarter == 0);
    }

    private static bool IsOnQuarter(DateTime? time) => time is not { } moment || (moment - DateTime.UnixEpoch).Ticks % (Quarter * TimeSpan.TicksPerMicrosecond) == 0;

    private static int? QuarterOf(DateTime? time) => time is { } moment ? (int)(UnixMicroseconds.From(moment) / Quarter) : null;

    private static int? DayOf(DateOnly? day) => day is { } date ? date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber : null;
}
