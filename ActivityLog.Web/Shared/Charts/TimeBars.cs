using System.Globalization;

namespace ActivityLog.Web.Shared.Charts;

/// <summary>The bars of a chart over time: days put together to days, weeks or months, with what stands on the axis.</summary>
public sealed class TimeBars
{
    private const int MostDays = 92;
    private const int MostWeeks = 60 * 7;
    private const int MostTicks = 14;
    private readonly Dictionary<DateOnly, int> _barOf = [];

    /// <param name="days">The days, in order and without gaps.</param>
    /// <param name="interval">What a bar stands for.</param>
    /// <param name="today">The day that isn't over.</param>
    /// <param name="href">Where the bar of these days leads.</param>
    public TimeBars(IReadOnlyList<DateOnly> days, ChartInterval interval, DateOnly today, Func<DateOnly, DateOnly, string?> href)
    {
        var groups = days.GroupBy(day => Start(day, interval)).Select(static group => (First: group.First(), Last: group.Last(), group.Key)).ToList();
        Bars = [.. groups.Select((group, index) => new ChartBar(
            Title(group.First, group.Last, interval), Tick(group.Key, index, groups.Count, interval), href(group.First, group.Last), TickWhenNarrow(group.Key, index, groups.Count, interval)))];
        foreach (var day in days)
        {
            _barOf[day] = groups.FindIndex(group => group.Key == Start(day, interval));
        }

        Unfinished = _barOf.TryGetValue(today, out var bar) ? bar : null;
    }

    /// <summary>The bars.</summary>
    public IReadOnlyList<ChartBar> Bars { get; }

    /// <summary>The bar that today is in; null when it is in none.</summary>
    public int? Unfinished { get; }

    /// <summary>What suits a number of days unless a person chose.</summary>
    public static ChartInterval Suited(int days) => days switch
    {
        <= MostDays => ChartInterval.Day,
        <= MostWeeks => ChartInterval.Week,
        _ => ChartInterval.Month,
    };

    /// <summary>The bar a day is in.</summary>
    public int BarOf(DateOnly day) => _barOf[day];

    private static DateOnly Start(DateOnly day, ChartInterval interval) => interval switch
    {
        ChartInterval.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        ChartInterval.Month => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };

    private static string Title(DateOnly first, DateOnly last, ChartInterval interval) => interval switch
    {
        ChartInterval.Day => Format.Day(first, weekday: true),
        ChartInterval.Week => Format.Days(first, last),
        _ => first.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
    };

    // Mondays carry the weeks of a month's days, the first of the month those of a year; few days carry each its own name.
    private static string Tick(DateOnly start, int index, int count, ChartInterval interval) => interval switch
    {
        ChartInterval.Day when count <= MostTicks => Format.Day(start),
        ChartInterval.Day when count > MostDays => start.Day == 1 ? start.ToString(start.Month == 1 ? "MMM yyyy" : "MMM", CultureInfo.InvariantCulture) : "",
        ChartInterval.Day => start.DayOfWeek == DayOfWeek.Monday ? Format.Day(start) : "",
        ChartInterval.Week => index % Every(count) == 0 ? Format.Day(start) : "",
        _ => index % Every(count) == 0 ? start.ToString(start.Month == 1 ? "MMM yyyy" : "MMM", CultureInfo.InvariantCulture) : "",
    };

    private static bool TickWhenNarrow(DateOnly start, int index, int count, ChartInterval interval) => interval switch
    {
        ChartInterval.Day when count <= MostTicks => index % Math.Max(1, (count + 3) / 4) == 0,
        ChartInterval.Day when count > MostDays => start.Month % 3 == 1,
        ChartInterval.Day => start.DayNumber / 7 % (count <= 31 ? 2 : 4) == 0,
        _ => index % (3 * Every(count)) == 0,
    };

    private static int Every(int count) => Math.Max(1, (count + MostTicks - 1) / MostTicks);
}
