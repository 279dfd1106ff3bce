using System.Globalization;
using ActivityLog.Core.Queries;

namespace ActivityLog.Web.Shared.Filters;

/// <summary>The days that a page looks at, both ends included.</summary>
/// <param name="First">First day.</param>
/// <param name="Last">Last day.</param>
/// <param name="Preset">The preset it comes from; null when a person chose the days.</param>
public sealed record Period(DateOnly First, DateOnly Last, PeriodPreset? Preset)
{
    private const string Iso = "yyyy-MM-dd";

    /// <summary>How many days.</summary>
    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>As many days, right before.</summary>
    public Period Before => new(First.AddDays(-Days), First.AddDays(-1), null);

    /// <summary>From the address: <c>from</c> and <c>to</c> as days, else <c>range</c>, else the last 30 days. What can't be read counts as absent.</summary>
    public static Period Read(string? range, string? from, string? to, DateOnly today)
    {
        if (Day(from) is { } first)
        {
            var last = Day(to) ?? today;
            return last < first ? new Period(last, first, null) : new Period(first, last, null);
        }

        var preset = PeriodPreset.All.FirstOrDefault(preset => preset.Key == range) ?? PeriodPreset.Default;
        var days = preset.Days(today);
        return new Period(days.First, days.Last, preset);
    }

    /// <summary>A day as the address and the API write it.</summary>
    public static string Write(DateOnly day) => day.ToString(Iso, CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && QueryTimes.IsAllowed(day) ? day : null;
}
