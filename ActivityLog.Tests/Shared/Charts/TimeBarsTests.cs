using ActivityLog.Web.Shared.Charts;

namespace ActivityLog.Tests.Shared.Charts;

public sealed class TimeBarsTests
{
    private static readonly DateOnly s_first = new(2026, 10, 21);
    private static readonly DateOnly s_today = new(2026, 11, 19);
    private static readonly IReadOnlyList<DateOnly> s_days = [.. Enumerable.Range(0, 30).Select(s_first.AddDays)];

    [Fact]
    public void Bars_Days_MondaysAreLabelled()
    {
        var bars = new TimeBars(s_days, ChartInterval.Day, s_today, Href);

        bars.Bars.Where(bar => bar.Tick.Length > 0).Select(bar => bar.Tick).ShouldBe(["26 Oct", "2 Nov", "9 Nov", "16 Nov"]);
        bars.Bars[0].Title.ShouldBe("Wed 21 Oct");
        bars.Unfinished.ShouldBe(29);
    }

    [Fact]
    public void Bars_Weeks_BeginOnMondayAndStayWithinTheRange()
    {
        var bars = new TimeBars(s_days, ChartInterval.Week, s_today, Href);

        bars.Bars.Count.ShouldBe(5);
        bars.Bars[0].Href.ShouldBe("2026-10-21..2026-10-25");
        bars.Bars[1].Href.ShouldBe("2026-10-26..2026-11-01");
        bars.BarOf(new(2026, 11, 1)).ShouldBe(1);
        bars.Unfinished.ShouldBe(4);
    }

    [Fact]
    public void Bars_Months_AreTheCalendars() =>
        new TimeBars(s_days, ChartInterval.Month, s_today, Href).Bars.Select(bar => bar.Title).ShouldBe(["October 2026", "November 2026"]);

    [Fact]
    public void Unfinished_RangeOfThePast_IsNone() => new TimeBars(s_days, ChartInterval.Day, s_today.AddDays(1), Href).Unfinished.ShouldBeNull();

    private static string Href(DateOnly first, DateOnly last) => $"{first:yyyy-MM-dd}..{last:yyyy-MM-dd}";
}
