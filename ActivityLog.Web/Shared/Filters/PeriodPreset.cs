namespace ActivityLog.Web.Shared.Filters;

/// <summary>A range of days that moves with today.</summary>
/// <param name="Key">How it stands in the address.</param>
/// <param name="Name">How it is called on the page.</param>
/// <param name="Days">First and last day, both included, when today is the given day.</param>
public sealed record PeriodPreset(string Key, string Name, Func<DateOnly, (DateOnly First, DateOnly Last)> Days)
{
    /// <summary>What holds when the address says nothing.</summary>
    public static PeriodPreset Default => All[2];

    /// <summary>All of them, as they stand in the menu.</summary>
    public static IReadOnlyList<PeriodPreset> All { get; } =
    [
        new("today", "Today", static today => (today, today)),
        new("7d", "Last 7 days", static today => (today.AddDays(-6), today)),
        new("30d", "Last 30 days", static today => (today.AddDays(-29), today)),
        new("90d", "Last 90 days", static today => (today.AddDays(-89), today)),
        new("month", "This month", static today => (FirstOfMonth(today), today)),
        new("last-month", "Last month", static today => (FirstOfMonth(today).AddMonths(-1), FirstOfMonth(today).AddDays(-1))),
        new("quarter", "This quarter", static today => (FirstOfQuarter(today), today)),
        new("year", "This year", static today => (new DateOnly(today.Year, 1, 1), today)),
    ];

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    private static DateOnly FirstOfQuarter(DateOnly day) => new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);
}
