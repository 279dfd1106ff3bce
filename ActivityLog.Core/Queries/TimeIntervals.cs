using System.Globalization;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Queries;

/// <summary>The pieces of time between two moments, none left out, by the names that <see cref="TimeSql"/> shows for them.</summary>
internal static class TimeIntervals
{
    private const long Minute = 60 * UnixMicroseconds.PerSecond;
    private const long Hour = 60 * Minute;

    /// <summary>Their names in order: the first holds <paramref name="from"/>, the last the moment before <paramref name="to"/>.</summary>
    public static IEnumerable<string> Between(TimeBucket bucket, TimeZoneInfo zone, DateTime from, DateTime to)
    {
        if (from >= to)
        {
            return [];
        }

        var offsets = ZoneOffsets.Of(zone);
        var (first, last) = (offsets.DateAt(from), offsets.DateAt(to.AddTicks(-1)));
        return bucket switch
        {
            TimeBucket.Hour => Hours(offsets, from, to),
            TimeBucket.Week => Dates(Monday(first), last, static date => date.AddDays(7)).Select(Name),
            TimeBucket.Month => Dates(first.AddDays(1 - first.Day), last, static date => date.AddMonths(1))
                .Select(static date => date.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
            _ => Dates(first, last, static date => date.AddDays(1)).Select(Name),
        };
    }

    /// <summary>When the piece of this name begins, UTC.</summary>
    public static DateTime StartOf(TimeBucket bucket, TimeZoneInfo zone, string name) => bucket switch
    {
        TimeBucket.Hour => DateTimeOffset.ParseExact(name, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture).UtcDateTime,
        TimeBucket.Month => ZoneOffsets.Of(zone).StartOf(DateOnly.ParseExact(name, "yyyy-MM", CultureInfo.InvariantCulture)),
        _ => ZoneOffsets.Of(zone).StartOf(DateOnly.ParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
    };

    private static IEnumerable<string> Hours(ZoneOffsets offsets, DateTime from, DateTime to)
    {
        var time = from;
        while (time < to)
        {
            var offset = offsets.At(time);
            var start = UnixMicroseconds.From(time) + (long)offset.TotalMicroseconds;
            start = start / Hour * Hour - (long)offset.TotalMicroseconds;
            var hour = new DateTimeOffset(UnixMicroseconds.ToDateTime(start)).ToOffset(offset);
            yield return hour.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

            // A change of the clock ends an hour, also in its middle.
            time = offsets.NextChange(time) is { } change && change < UnixMicroseconds.ToDateTime(start + Hour) ? change : UnixMicroseconds.ToDateTime(start + Hour);
        }
    }

    private static IEnumerable<DateOnly> Dates(DateOnly first, DateOnly last, Func<DateOnly, DateOnly> next)
    {
        for (var date = first; date <= last; date = next(date))
        {
            yield return date;
        }
    }

    private static DateOnly Monday(DateOnly date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));

    private static string Name(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
