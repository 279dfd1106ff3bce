using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Where days of a zone can be cut, so that a slice is whole quarters, days and weeks, and nothing else of it lies elsewhere.</summary>
internal sealed class RebuildCalendar(TimeZoneInfo zone)
{
    private const long MicrosecondsOfDay = 86_400 * UnixMicroseconds.PerSecond;
    private const long MicrosecondsOfQuarter = 900 * UnixMicroseconds.PerSecond;

    // No row is of a day before this one, a Monday.
    private const int First = -367;

    private static readonly int s_epoch = new DateOnly(1970, 1, 1).DayNumber;

    private readonly ZoneOffsets _offsets = ZoneOffsets.Of(zone);

    /// <summary>The moment that a day begins, in Unix microseconds.</summary>
    public long StartOf(int day) => UnixMicroseconds.From(_offsets.StartOf(DateOnly.FromDayNumber(s_epoch + day)));

    /// <summary>The quarter that begins with a day at which can be cut.</summary>
    public int QuarterOf(int day) => SummaryRules.QuarterOf(StartOf(day));

    /// <summary>The slice that holds these days, and as few more as can be.</summary>
    public RebuildSlice Cut(int system, int from, int to)
    {
        while (from > First && !CanCut(from))
        {
            from--;
        }

        while (!CanCut(to))
        {
            to++;
        }

        return new(system, from, to);
    }

    /// <summary>Whether each quarter of a slice lies within one day.</summary>
    public bool HasWholeQuarters(RebuildSlice slice) =>
        _offsets.Between(UnixMicroseconds.ToDateTime(StartOf(slice.From)), UnixMicroseconds.ToDateTime(StartOf(slice.To)))
            .All(static o => o.Offset % MicrosecondsOfQuarter == 0 && (o.Start == long.MinValue || o.Start % MicrosecondsOfQuarter == 0));

    // Where clocks are put back over midnight, some of the day before comes after the beginning of the day; some zones once began their days within a quarter.
    private bool CanCut(int day)
    {
        var start = StartOf(day);
        return SumTimes.FirstDayOf(SummaryGrain.Week, SumTimes.Of(SummaryGrain.Week, day)) == day && start % MicrosecondsOfQuarter == 0 && _offsets.OffsetAt(start - MicrosecondsOfDay) == _offsets.OffsetAt(start + MicrosecondsOfDay);
    }
}
