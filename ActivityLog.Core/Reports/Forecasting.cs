namespace ActivityLog.Core.Reports;

/// <summary>
/// Forecasts a month by the weekdays of the weeks before: each day left is expected to cost the mean of the same weekday, newer weeks weighing more. How far past
/// days were from what would have been expected of them makes the band.
/// </summary>
internal static class Forecasting
{
    /// <summary>Days before today that are looked at: eight weeks.</summary>
    public const int DaysLookedAt = 56;

    // With less than two weeks no weekday was seen twice.
    private const int LeastDays = 14;

    // A week counts this much of the one after it.
    private const double Fading = 0.85;

    // 80 % of a normal distribution is within so many standard deviations.
    private const double Deviations = 1.2816;

    /// <summary>The forecast of the month of today; null where too little is known.</summary>
    /// <param name="costs">What days cost, in nanodollars: those that aren't there cost nothing.</param>
    /// <param name="today">Today; what it cost so far is known, and no less than that is expected of it.</param>
    public static MonthForecast? Of(IReadOnlyDictionary<DateOnly, long> costs, DateOnly today)
    {
        // Before anything was spent there was nobody to spend it.
        var begin = costs.Keys.Where(day => day >= today.AddDays(-DaysLookedAt)).DefaultIfEmpty(today).Min();
        if (today.DayNumber - begin.DayNumber < LeastDays)
        {
            return null;
        }

        var past = Enumerable.Range(0, today.DayNumber - begin.DayNumber).Select(begin.AddDays).ToList();
        var month = new DateOnly(today.Year, today.Month, 1);
        var spent = Enumerable.Range(0, today.Day).Select(month.AddDays).Sum(day => (double)costs.GetValueOrDefault(day));
        var left = Enumerable.Range(1, month.AddMonths(1).DayNumber - today.DayNumber - 1).Select(today.AddDays).ToList();
        var spentToday = costs.GetValueOrDefault(today);
        var restOfToday = Math.Max(0, Expected(today, past) - spentToday);
        var rest = restOfToday + left.Sum(day => Expected(day, past));

        // What would have been expected of each past day by the others of its weekday. Days of a week are alike, so that their errors don't even out wholly:
        // whole weeks tell how much of them stays.
        var errors = past.Select(day => (Day: day, Error: costs.GetValueOrDefault(day) - Expected(day, past.Where(other => other != day)))).ToList();
        var days = left.Count + (restOfToday > 0 ? 1 : 0);
        var daily = errors.Average(static one => one.Error * one.Error);
        var weeks = errors.GroupBy(one => (today.DayNumber - one.Day.DayNumber - 1) / 7).Where(static week => week.Count() == 7)
            .Select(static week => Math.Pow(week.Sum(static one => one.Error), 2) / 7).ToList();
        var variance = Math.Max(daily, weeks.Count == 0 ? 0 : weeks.Average()) * days;
        var band = Deviations * Math.Sqrt(variance);
        return new MonthForecast(month, Whole(spent), Whole(spent + Math.Max(0, rest - band)), Whole(spent + rest), Whole(spent + rest + band));

        double Expected(DateOnly day, IEnumerable<DateOnly> of)
        {
            var (sum, weights) = (0.0, 0.0);
            foreach (var other in of)
            {
                if (other.DayOfWeek == day.DayOfWeek)
                {
                    var weight = Math.Pow(Fading, (today.DayNumber - other.DayNumber) / 7);
                    sum += weight * costs.GetValueOrDefault(other);
                    weights += weight;
                }
            }

            return weights == 0 ? 0 : sum / weights;
        }
    }

    private static long Whole(double nanodollars) => (long)Math.Clamp(Math.Round(nanodollars), long.MinValue / 2, long.MaxValue / 2);
}
