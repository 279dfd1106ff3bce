using System.Globalization;

namespace ActivityLog.Web.Shared.Charts;

/// <summary>How the values of a chart are written.</summary>
internal static class MeasureText
{
    private const double NanodollarsPerDollar = 1e9;
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>A cell of a table whose whole is <paramref name="whole"/>.</summary>
    public static string Cell(ChartMeasure measure, double? value, double whole) => (measure, value) switch
    {
        (_, null) => Format.Unknown,
        (ChartMeasure.Cost, { } cost) => Format.Money(Whole(cost), Format.MoneyDigits(Whole(whole))),
        _ => Headline(measure, value),
    };

    /// <summary>A value that stands by itself.</summary>
    public static string Headline(ChartMeasure measure, double? value) => (measure, value) switch
    {
        (_, null) => Format.Unknown,
        (ChartMeasure.Cost, { } cost) => Format.Money(Whole(cost)),
        (ChartMeasure.Tokens, { } tokens) => Format.Tokens(Whole(tokens)),
        (ChartMeasure.Share, { } share) => Format.Rate(share),
        (ChartMeasure.Duration, { } time) => Format.Duration(time),
        (_, { } count) => Format.Count(Whole(count)),
    };

    /// <summary>A level of an axis.</summary>
    public static string Axis(ChartMeasure measure, double value) => measure switch
    {
        ChartMeasure.Cost => Dollars(value / NanodollarsPerDollar),
        ChartMeasure.Share => (value * 100).ToString("0.###", s_culture) + "%",
        ChartMeasure.Duration => Time(value),
        _ => Short(value),
    };

    private static long Whole(double value) => (long)Math.Clamp(Math.Round(value), -9.2e18, 9.2e18);

    private static string Dollars(double value) => "$" + value.ToString(value >= 1_000 ? "#,0" : value >= 10 ? "0.##" : "0.##########", s_culture);

    private static string Time(double milliseconds) => milliseconds switch
    {
        0 => "0",
        < 1_000 => milliseconds.ToString("0.##", s_culture) + " ms",
        < 60_000 => (milliseconds / 1_000).ToString("0.#", s_culture) + " s",
        < 3_600_000 => (milliseconds / 60_000).ToString("0.#", s_culture) + " min",
        _ => (milliseconds / 3_600_000).ToString("#,0.#", s_culture) + " h",
    };

    private static string Short(double value) => value switch
    {
        < 1_000 => value.ToString("0.##", s_culture),
        < 1_000_000 => (value / 1_000).ToString("0.##", s_culture) + "\u202fk",
        < 1_000_000_000 => (value / 1_000_000).ToString("0.##", s_culture) + "\u202fM",
        _ => (value / 1_000_000_000).ToString("#,0.##", s_culture) + "\u202fB",
    };
}
