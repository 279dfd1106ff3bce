using System.Web;

namespace ActivityLog.Web.Shared.Filters;

/// <summary>Finds the addresses of what a number is made of: the sessions or the messages, with a page's range, zone and filters.</summary>
public sealed class Behind(PageFilters filters)
{
    /// <summary>Messages that are calls.</summary>
    public const string Calls = "type=ai.generation";

    /// <summary>Messages that are calls which failed.</summary>
    public const string Failures = "type=ai.error";

    private static readonly string[] s_ofSessions = ["user", "model", "serviceName"];

    /// <summary>The page's zone.</summary>
    public TimeZoneInfo Zone => filters.Zone;

    /// <summary>The messages of some days.</summary>
    /// <param name="which">Which, as filters in an address; null for all.</param>
    /// <param name="first">First day; null for the whole range.</param>
    /// <param name="last">Last day; null for <paramref name="first"/>.</param>
    /// <param name="more">Further filters by the API's names; of the same name, they stand in place of the page's.</param>
    public string Messages(string? which, DateOnly? first = null, DateOnly? last = null, params IEnumerable<KeyValuePair<string, string?>> more)
    {
        var own = HttpUtility.ParseQueryString(which ?? "");
        return "/messages" + With(
            filters.Parameters(first, last, "userName"),
            [.. own.AllKeys.OfType<string>().SelectMany(key => own.GetValues(key)!.Select(value => KeyValuePair.Create(key, (string?)value))), .. more]);
    }

    /// <summary>The sessions of some days.</summary>
    /// <param name="first">First day; null for the whole range.</param>
    /// <param name="last">Last day; null for <paramref name="first"/>.</param>
    /// <param name="more">Further filters by the pages' names; of the same name, they stand in place of the page's.</param>
    public string Sessions(DateOnly? first = null, DateOnly? last = null, params IEnumerable<KeyValuePair<string, string?>> more) =>
        "/sessions" + With(filters.Parameters(first, last), [.. more]);

    /// <summary>The sessions where the list can be narrowed so, else the messages.</summary>
    /// <param name="which">Which messages, as filters in an address.</param>
    /// <param name="first">First day; null for the whole range.</param>
    /// <param name="last">Last day; null for <paramref name="first"/>.</param>
    /// <param name="more">Further filters by the API's names.</param>
    public string SessionsOrMessages(string? which, DateOnly? first, DateOnly? last, params IReadOnlyList<KeyValuePair<string, string?>> more)
    {
        List<KeyValuePair<string, string?>> asked = [.. more.Select(static pair => pair.Key == "userName" ? new("user", pair.Value) : pair)];
        return which == Calls && asked.All(static pair => s_ofSessions.Contains(pair.Key) || pair.Key.StartsWith(PageFilters.MetadataPrefix, StringComparison.Ordinal))
            ? Sessions(first, last, asked)
            : Messages(which, first, last, more);
    }

    private static string With(IEnumerable<KeyValuePair<string, string?>> page, List<KeyValuePair<string, string?>> more) =>
        QueryString.Create(page.Where(pair => more.All(other => other.Key != pair.Key)).Concat(more)).Value!;
}
