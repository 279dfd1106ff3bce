using System.Globalization;
using System.Text;
using ActivityLog.Core.Pricing;
using ActivityLog.Core.Reports;

namespace ActivityLog.Web.Reports;

/// <summary>What this month cost so far and will have cost at its end, in microdollars (USD × 10⁶; the name is historical).</summary>
/// <param name="Month">The month, as yyyy-MM.</param>
/// <param name="Today">The last day that is known, as yyyy-MM-dd.</param>
/// <param name="TimeZone">IANA name of the zone of days.</param>
/// <param name="CostMicrocents">Spent so far.</param>
/// <param name="ForecastMicrocents">The end expected; null where less than two weeks are known.</param>
/// <param name="LowMicrocents">With nine chances in ten the end isn't below this.</param>
/// <param name="HighMicrocents">With nine chances in ten the end isn't above this.</param>
/// <param name="Explanation">How it is made.</param>
internal sealed record ForecastView(
    string Month, string Today, string TimeZone, long CostMicrocents, long? ForecastMicrocents, long? LowMicrocents, long? HighMicrocents, string Explanation)
{
    public static ForecastView Of(MonthToDate month, TimeZoneInfo zone) => new(
        month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        month.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        zone.Id,
        Nanodollars.ToMicrodollars(month.SpentNanodollars),
        Microdollars(month.Forecast?.ForecastNanodollars),
        Microdollars(month.Forecast?.LowNanodollars),
        Microdollars(month.Forecast?.HighNanodollars),
        MonthForecast.Explanation);

    /// <summary>The numbers as CSV, a row under a head.</summary>
    public byte[] ToCsv()
    {
        (string Name, object? Cell)[] columns =
        [
            ("month", Month), ("today", Today), ("timeZone", TimeZone), ("costMicrocents", CostMicrocents),
            ("forecastMicrocents", ForecastMicrocents), ("lowMicrocents", LowMicrocents), ("highMicrocents", HighMicrocents),
        ];
        return Encoding.UTF8.GetBytes(
            string.Join(',', columns.Select(static column => column.Name)) + CsvWriter.LineEnd +
            string.Join(',', columns.Select(static column => CsvWriter.Cell(column.Cell))) + CsvWriter.LineEnd);
    }

    private static long? Microdollars(long? nanodollars) => nanodollars is { } known ? Nanodollars.ToMicrodollars(known) : null;
}
