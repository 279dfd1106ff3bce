using ActivityLog.Core.Reports;

namespace ActivityLog.Tests.Reports;

public sealed class ForecastingTests
{
    // A Monday; 13 days of May are left after it.
    private static readonly DateOnly s_today = new(2026, 5, 18);

    [Fact]
    public void Of_WeeksThatAreAlike_IsTheWeekdaysToComeWithoutABand()
    {
        var costs = Days(60, static day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 100);
        costs[s_today] = 40;

        var forecast = Forecasting.Of(costs, s_today)!;

        // Until the 17th there were 11 weekdays; the rest of today and 9 more are left.
        (forecast.Month, forecast.SpentNanodollars, forecast.ForecastNanodollars).ShouldBe((new(2026, 5, 1), 1_140, 2_100));
        (forecast.LowNanodollars, forecast.HighNanodollars).ShouldBe((2_100, 2_100));
    }

    [Fact]
    public void Of_DaysThatDiffer_HasABandAroundTheForecast()
    {
        var random = new Random(1);
        var costs = Days(60, _ => random.Next(50, 150));

        var forecast = Forecasting.Of(costs, s_today)!;

        forecast.LowNanodollars.ShouldBeInRange(forecast.SpentNanodollars, forecast.ForecastNanodollars - 1);
        forecast.HighNanodollars.ShouldBeGreaterThan(forecast.ForecastNanodollars);
        forecast.ForecastNanodollars.ShouldBeInRange(forecast.SpentNanodollars + 1_000, forecast.SpentNanodollars + 1_700);
    }

    [Fact]
    public void Of_MonthsThatWereForecast_HoldsTheEndInMostOfThem()
    {
        var within = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var costs = Days(60, day => Cost(random, day));
            costs[s_today] = 0;
            var forecast = Forecasting.Of(costs, s_today)!;
            var end = forecast.SpentNanodollars + Enumerable.Range(0, 14).Sum(i => Cost(random, s_today.AddDays(i)));
            within += end >= forecast.LowNanodollars && end <= forecast.HighNanodollars ? 1 : 0;
        }

        within.ShouldBeInRange(65, 98);

        static long Cost(Random random, DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? random.Next(100) : random.Next(500, 1_500);
    }

    [Fact]
    public void Of_RecentWeeksThatCostMore_ExpectsMoreThanTheMean()
    {
        var costs = Days(60, day => day >= s_today.AddDays(-14) ? 200 : 100);

        var forecast = Forecasting.Of(costs, s_today)!;

        (forecast.ForecastNanodollars - forecast.SpentNanodollars).ShouldBeInRange(13 * 126, 13 * 180);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void Of_LessThanTwoWeeks_IsNull(int days) => Forecasting.Of(Days(days, static _ => 100), s_today).ShouldBeNull();

    [Fact]
    public void Of_LastDayOfAMonth_ExpectsTheRestOfIt()
    {
        var last = new DateOnly(2026, 5, 31);
        var costs = Enumerable.Range(1, 60).ToDictionary(i => last.AddDays(-i), static _ => 100L);

        Forecasting.Of(costs, last)!.ForecastNanodollars.ShouldBe(3_100);
    }

    // The days before today.
    private static Dictionary<DateOnly, long> Days(int count, Func<DateOnly, long> cost) =>
        Enumerable.Range(1, count).Select(static i => s_today.AddDays(-i)).ToDictionary(static day => day, cost);
}
