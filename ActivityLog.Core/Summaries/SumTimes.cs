namespace ActivityLog.Core.Summaries;

/// <summary>Which piece of time of a grain a day lies in, and where such a piece begins.</summary>
internal static class SumTimes
{
    /// <summary>Days of a week.</summary>
    public const int DaysOfWeek = 7;

    // 1970-01-01 was a Thursday.
    private const int DaysBefore = 3;

    /// <summary>The piece that a day lies in.</summary>
    /// <param name="grain">One of days or weeks.</param>
    /// <param name="day">Days since 1970-01-01.</param>
    public static int Of(SummaryGrain grain, int day) => grain == SummaryGrain.Week ? (int)Math.Floor((day + (double)DaysBefore) / DaysOfWeek) : day;

    /// <summary>The first day of a piece.</summary>
    public static int FirstDayOf(SummaryGrain grain, int at) => grain == SummaryGrain.Week ? (at * DaysOfWeek) - DaysBefore : at;
}
