using System.Globalization;
using System.Text.RegularExpressions;

namespace ActivityLog.Core.Queries;

/// <summary>Reads the times of a query: bare dates of a zone, or times that say their offset.</summary>
public static partial class QueryTimes
{
    /// <summary>What is allowed, for errors.</summary>
    public const string Allowed =
        "a date (2026-05-01, a day of tz) or an RFC 3339 time with Z or an offset (2026-05-01T08:00:00Z), from 1970-01-01 to 2200-01-01";

    private static readonly DateOnly s_first = new(1970, 1, 1);
    private static readonly DateOnly s_last = new(2200, 1, 1);

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
            return IsAllowed(date) ? ZoneOffsets.Of(zone).StartOf(isEnd ? date.AddDays(1) : date) : null;
        }

        if (text.EndsWith('Z') || text.EndsWith('z'))
        {
            text = text[..^1] + "+00:00";
        }

        // A plus sign that wasn't encoded arrives as a blank.
        text = BlankBeforeOffset().Replace(text, "+$1");
        text = TooFine().Replace(text, "");
        return DateTimeOffset.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && IsAllowed(DateOnly.FromDateTime(time.UtcDateTime))
                ? time.UtcDateTime
                : null;
    }

    /// <summary>Whether queries take times of this day. Far enough from what a date can be, that nobody who counts on from there leaves it.</summary>
    public static bool IsAllowed(DateOnly date) => date >= s_first && date <= s_last;

    /// <summary>The zone of an IANA name; null when there is none.</summary>
    public static TimeZoneInfo? TryFindZone(string name) =>
        name.Length is > 0 and < 64 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name ? zone : null;

    [GeneratedRegex(@" (\d\d:\d\d)$")]
    private static partial Regex BlankBeforeOffset();

    // RFC 3339 has as many digits of a second as one likes.
    [GeneratedRegex(@"(?<=\.[0-9]{7})[0-9]+")]
    private static partial Regex TooFine();
}
