using System.Globalization;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Queries;

/// <summary>
/// Pieces of time in SQL, by whole-number arithmetic alone, the same on both engines: the zone's offset is a CASE over its changes within the range, added
/// to the time. Times before 1970 don't occur.
/// </summary>
internal static class TimeSql
{
    private const long Minute = 60 * UnixMicroseconds.PerSecond;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    // 1970-01-01 was a Thursday: three days after a Monday.
    private const int DaysAfterMonday = 3;

    // An hour is its first minute and its offset in one number; this holds every offset there is, in minutes, both ways.
    private const int OffsetRange = 4096;

    /// <summary>SQL of a row's number: of the hour with its offset, or of the day for all longer pieces (see <see cref="Bucket"/>).</summary>
    public static string Row(TimeBucket bucket, string time, TimeZoneInfo zone, DateTime? from, DateTime? to)
    {
        var offsets = ZoneOffsets.Of(zone).Between(from, to);
        var offset = Offset(offsets, 0, offsets.Count, time);
        return bucket == TimeBucket.Hour
            ? $"((({time} + {offset}) / {Hour} * {Hour} - {offset}) / {Minute} * {OffsetRange} + {offset} / {Minute} + {OffsetRange / 2})"
            : $"(({time} + {offset}) / {Day})";
    }

    /// <summary>SQL of the piece's number from the row's, where they differ.</summary>
    public static string Bucket(TimeBucket bucket, string row) => bucket switch
    {
        TimeBucket.Week => $"(({row} + {DaysAfterMonday}) / 7)",
        TimeBucket.Month => Month(row),
        _ => row,
    };

    /// <summary>What is shown for a piece's number.</summary>
    public static string Show(TimeBucket bucket, long number)
    {
        switch (bucket)
        {
            case TimeBucket.Hour:
                var offset = TimeSpan.FromMinutes(number % OffsetRange - OffsetRange / 2);
                var hour = new DateTimeOffset(UnixMicroseconds.ToDateTime(number / OffsetRange * Minute)).ToOffset(offset);
                return hour.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
            case TimeBucket.Month:
                var (year, month) = Math.DivRem(number, 12);
                // The number counts from March of the year 0, so that a leap day ends a year.
                return string.Create(CultureInfo.InvariantCulture, $"{year + (month >= 10 ? 1 : 0):0000}-{(month < 10 ? month + 3 : month - 9):00}");
            default:
                var day = bucket == TimeBucket.Week ? number * 7 - DaysAfterMonday : number;
                return DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }

    // A tree of comparisons: 260 changes of 130 years cost eight of them.
    private static string Offset(IReadOnlyList<(long Start, long Offset)> offsets, int first, int count, string time)
    {
        if (count == 1)
        {
            return offsets[first].Offset.ToString(CultureInfo.InvariantCulture);
        }

        var half = count / 2;
        return $"case when {time} < {offsets[first + half].Start.ToString(CultureInfo.InvariantCulture)} then {Offset(offsets, first, half, time)} " +
            $"else {Offset(offsets, first + half, count - half, time)} end";
    }

    // Months since March of the year 0 of the Gregorian calendar, from days since 1970: centuries, then years, then days of a year.
    private static string Month(string day)
    {
        var days = $"(4 * ({day} + 719468) + 3)";
        var century = $"({days} / 146097)";
        var years = $"(4 * ({days} % 146097 / 4) + 3)";
        var dayOfYear = $"({years} % 1461 / 4)";
        return $"(({century} * 100 + {years} / 1461) * 12 + (5 * {dayOfYear} + 2) / 153)";
    }
}
