using System.Globalization;
using System.Text.RegularExpressions;

namespace ActivityLog.Core.Queries;

/// <summary>Reads the times of a query: bare dates of a zone, or times that say their offset.</summary>
public static partial class QueryTimes
{
    /// <summary>What is allowed, for errors.</summary>
    public const string Allowed = "a date (2026-05-01, a day of tz) or an RFC 3339 time with Z or an offset (2026-05-01T08:00:00Z)";

    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    /// <summary>The UTC time of a text; null when it is none.</summary>
    /// <param name="text">As given.</param>
    /// <param name="zone">The zone of a bare date.</param>
    /// <param name="isEnd">Whether a bare date means the end of its day.</param>
    public static DateTime? TryParse(string text, TimeZoneInfo zone, bool isEnd)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date > DateOnly.MinValue.AddDays(2) && date < DateOnly.MaxValue.AddDays(-2)
                ? ZoneOffsets.Of(zone).StartOf(isEnd ? date.AddDays(1) : date)
                : null;
        }

        if (text.EndsWith('Z') || text.EndsWith('z'))
        {
            text = text[..^1] + "+00:00";
        }

        // A plus sign that wasn't encoded arrives as a blank.
        text = BlankBeforeOffset().Replace(text, "+$1");
        return DateTimeOffset.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.UtcDateTime : null;
    }

    /// <summary>The zone of an IANA name; null when there is none.</summary>
    public static TimeZoneInfo? TryFindZone(string name) =>
        name.Length is > 0 and < 64 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name ? zone : null;

    [GeneratedRegex(@" (\d\d:\d\d)$")]
    private static partial Regex BlankBeforeOffset();
}
