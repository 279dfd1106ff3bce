namespace ActivityLog.Core.Reports;

/// <summary>What a month cost so far, and where it may end.</summary>
/// <param name="Today">The last day of it that is known, of the query's zone.</param>
/// <param name="SpentNanodollars">Spent so far (USD × 10⁹), spend that only metrics tell among it.</param>
/// <param name="Forecast">Its end; null where too little is known.</param>
public sealed record MonthToDate(DateOnly Today, long SpentNanodollars, MonthForecast? Forecast)
{
    /// <summary>The month's first day.</summary>
    public DateOnly Month => new(Today.Year, Today.Month, 1);
}
