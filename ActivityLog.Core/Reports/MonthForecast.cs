namespace ActivityLog.Core.Reports;

/// <summary>What a month will have cost at its end. Costs are in nanodollars (USD × 10⁹).</summary>
/// <param name="Month">Its first day.</param>
/// <param name="SpentNanodollars">Spent so far.</param>
/// <param name="LowNanodollars">With nine chances in ten the end isn't below this.</param>
/// <param name="ForecastNanodollars">The end expected.</param>
/// <param name="HighNanodollars">With nine chances in ten the end isn't above this.</param>
public sealed record MonthForecast(DateOnly Month, long SpentNanodollars, long LowNanodollars, long ForecastNanodollars, long HighNanodollars)
{
    /// <summary>How it is made, for people.</summary>
    public const string Explanation =
        "Spent so far, and for each day left what the same weekday cost in the last eight weeks, recent weeks counting more; the band holds the end in eight of ten months, by how far those days were from that.";
}
