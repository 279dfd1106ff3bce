using System.Globalization;

namespace ActivityLog.Web.Shared;

/// <summary>How money, tokens, shares, changes and times are written on every page. Money comes in nanodollars (USD × 10⁹).</summary>
internal static class Format
{
    /// <summary>What stands where a value isn't known.</summary>
    public const string Unknown = "–";

    private const char NarrowSpace = '\u202f';
    private const long NanodollarsPerDollar = 1_000_000_000;
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>A headline: <c>$3,523</c> from a thousand, <c>$1.24</c> from one, <c>$0.0042</c> below.</summary>
    public static string Money(long? nanodollars) => nanodollars switch
    {
        null => Unknown,
        0 => "$0",
        { } value when Math.Abs(value) >= 999_995_000_000 => Dollars(value, 0),
        { } value when Math.Abs(value) >= 999_950_000 => Dollars(value, 2),
        { } value => Small(value),
    };

    /// <summary>A cell of a column whose precision is <paramref name="digits"/>; see <see cref="MoneyDigits"/>.</summary>
    public static string Money(long? nanodollars, int digits) => nanodollars switch
    {
        null => Unknown,
        0 => "$0",
        { } value when digits >= 4 && Math.Abs(value) < 50_000 => Small(value),
        > 0 and < 5_000_000 when digits == 2 => "<$0.01",
        { } value => Dollars(value, digits),
    };

    /// <summary>The one precision of a column: cents, or hundredths of a cent where the whole is only some dollars.</summary>
    public static int MoneyDigits(long largestNanodollars) => Math.Abs(largestNanodollars) >= 10 * NanodollarsPerDollar ? 2 : 4;

    /// <summary>To the microdollar, as the API and the CSV say it: <c>$0.004213</c>.</summary>
    public static string MoneyExact(long? nanodollars) => nanodollars is { } value ? Dollars(value, 6) : Unknown;

    /// <summary><c>764</c>, <c>12.4 k</c>, <c>3.1 M</c>, <c>4.96 B</c>, with a narrow no-break space.</summary>
    public static string Tokens(long? count)
    {
        if (count is not { } value)
        {
            return Unknown;
        }

        var (figure, unit) = TokenParts(value);
        return unit.Length == 0 ? figure : $"{figure}{NarrowSpace}{unit}";
    }

    /// <summary>The same in its two parts, for headlines where the unit is smaller.</summary>
    public static (string Figure, string Unit) TokenParts(long count) => Math.Abs(count) switch
    {
        < 1_000 => (count.ToString(s_culture), ""),
        < 99_950 => (Scaled(count, 1_000, 1), "k"),
        < 999_500 => (Scaled(count, 1_000, 0), "k"),
        < 99_950_000 => (Scaled(count, 1_000_000, 1), "M"),
        < 999_500_000 => (Scaled(count, 1_000_000, 0), "M"),
        _ => (Scaled(count, 1_000_000_000, 2), "B"),
    };

    /// <summary>Exact, with thousands parted: <c>93,615</c>.</summary>
    public static string Count(long? count) => count?.ToString("N0", s_culture) ?? Unknown;

    /// <summary>How many a second: <c>0</c>, <c>0.3</c>, <c>12.4</c>, <c>1,234</c>.</summary>
    public static string PerSecond(double rate) => rate switch
    {
        0 => "0",
        < 0.1 => rate.ToString("0.00", s_culture),
        < 100 => rate.ToString("0.#", s_culture),
        _ => rate.ToString("N0", s_culture),
    };

    /// <summary><c>764 B</c>, <c>12.4 KiB</c>, <c>1.0 GiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes}{NarrowSpace}B",
        < 1024 * 1024 => $"{Scaled(bytes, 1024, 1)}{NarrowSpace}KiB",
        < 1024 * 1024 * 1024 => $"{Scaled(bytes, 1024 * 1024, 1)}{NarrowSpace}MiB",
        _ => $"{Scaled(bytes, 1024 * 1024 * 1024, 1)}{NarrowSpace}GiB",
    };

    /// <summary>A part of a whole, <c>42.5%</c>; unknown when there is no whole.</summary>
    public static string Share(double part, double whole) => whole == 0 ? Unknown : Rate(part / whole);

    /// <summary>A ratio between 0 and 1, <c>42.5%</c>.</summary>
    public static string Rate(double ratio) => ratio switch
    {
        > 0 and < 0.0005 => "<0.1%",
        >= 0.9995 and < 1 => ">99.9%",
        _ => (ratio * 100).ToString("0.0", s_culture) + "%",
    };

    /// <summary>Against the period before: <c>↑ 12.4%</c>; <c>new</c> without a base; empty when there is nothing to compare.</summary>
    public static string Change(double current, double before) => (current, before) switch
    {
        (0, 0) => "",
        (_, 0) => "new",
        _ => Arrow(Math.Round(100 * (current - before) / Math.Abs(before), 1), "%"),
    };

    /// <summary>The change of a rate, in points: <c>↑ 0.2 pts</c>.</summary>
    public static string ChangeInPoints(double current, double before) => Arrow(Math.Round(100 * (current - before), 1), " pts");

    /// <summary><c>38 ms</c>, <c>5.4 s</c>, <c>1 min 22 s</c>, <c>2 h 41 min</c>.</summary>
    public static string Duration(double? milliseconds) => milliseconds switch
    {
        null => "",
        { } ms when ms < 999.5 => string.Create(s_culture, $"{ms:0} ms"),
        { } ms when ms < 59_950 => string.Create(s_culture, $"{ms / 1_000:0.0} s"),
        { } ms when ms < 3_599_500 => Pair((long)Math.Round(ms / 1_000), 60, "min", "s"),
        { } ms => Pair((long)Math.Round(ms / 60_000), 60, "h", "min"),
    };

    /// <summary>How long ago, only while something is live: <c>3 s ago</c>.</summary>
    public static string Ago(TimeSpan age) => age.TotalSeconds switch
    {
        < 1 => "just now",
        < 60 => $"{(long)age.TotalSeconds} s ago",
        < 3_600 => $"{(long)age.TotalMinutes} min ago",
        < 86_400 => $"{(long)age.TotalHours} h ago",
        _ => $"{(long)age.TotalDays} d ago",
    };

    /// <summary>In a feed, whose head names the zone: <c>14:32:07</c>.</summary>
    public static string Clock(DateTime utc, TimeZoneInfo zone) => Local(utc, zone).ToString("HH:mm:ss", s_culture);

    /// <summary>In full: <c>Thu 19 Nov 2026, 14:31:41 UTC+1</c>.</summary>
    public static string Full(DateTime utc, TimeZoneInfo zone) => $"{Local(utc, zone).ToString("ddd d MMM yyyy, HH:mm:ss", s_culture)} {Offset(utc, zone)}";

    /// <summary>In a list: <c>19 Nov 14:31</c>, with the year when it isn't the current one.</summary>
    public static string Moment(DateTime utc, TimeZoneInfo zone, DateTime nowUtc)
    {
        var local = Local(utc, zone);
        return local.ToString(local.Year == Local(nowUtc, zone).Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm", s_culture);
    }

    /// <summary>A day: <c>19 Nov</c>, or <c>Thu 19 Nov</c>.</summary>
    public static string Day(DateOnly day, bool weekday = false) => day.ToString(weekday ? "ddd d MMM" : "d MMM", s_culture);

    /// <summary>From the first to the last day, both included: <c>21 Oct – 19 Nov</c>, with the years where they aren't one.</summary>
    public static string Days(DateOnly first, DateOnly last) => first == last ? Day(first, weekday: true)
        : first.Year != last.Year ? string.Create(s_culture, $"{first:d MMM yyyy} – {last:d MMM yyyy}")
        : $"{Day(first)} – {Day(last)}";

    /// <summary>What the zone's clock was ahead of UTC at that moment: <c>UTC+1</c>, <c>UTC+5:30</c>, <c>UTC</c>.</summary>
    public static string Offset(DateTime utc, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
        if (offset == TimeSpan.Zero)
        {
            return "UTC";
        }

        var size = offset.Duration();
        var minutes = size.Minutes == 0 ? "" : string.Create(s_culture, $":{size.Minutes:00}");
        return string.Create(s_culture, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{size.Hours}{minutes}");
    }

    /// <summary>The name of a zone: <c>Europe/Berlin</c>, <c>UTC</c>.</summary>
    public static string Zone(TimeZoneInfo zone) => zone.Id is "Etc/UTC" or "Etc/UCT" or "Zulu" ? "UTC" : zone.Id;

    private static DateTime Local(DateTime utc, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    private static string Dollars(long nanodollars, int digits)
    {
        var dollars = Math.Round((decimal)nanodollars / NanodollarsPerDollar, digits, MidpointRounding.ToEven);
        return (dollars < 0 ? "-$" : "$") + Math.Abs(dollars).ToString("N" + digits, s_culture);
    }

    // Under a hundredth of a cent four digits would read as nothing.
    private static string Small(long nanodollars) => Dollars(nanodollars, Math.Abs(nanodollars) < 50_000 ? 6 : 4);

    private static string Scaled(long count, long unit, int digits) => ((decimal)count / unit).ToString("F" + digits, s_culture);

    private static string Arrow(double change, string unit) => change == 0
        ? "±0" + unit
        : string.Create(s_culture, $"{(change > 0 ? '↑' : '↓')} {Math.Abs(change):#,0.0}{unit}");

    private static string Pair(long count, long per, string large, string small) => $"{count / per} {large} {count % per} {small}";
}
