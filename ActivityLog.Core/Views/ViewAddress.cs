namespace ActivityLog.Core.Views;

/// <summary>Which addresses can be saved: the overview, reports, sessions and messages, with any query. Never one of another host.</summary>
public static class ViewAddress
{
    /// <summary>What is allowed, in English.</summary>
    public const string Allowed = "the path and query of the overview (/), a report (/reports/…), sessions (/sessions) or messages (/messages)";

    private const string Messages = "/messages";

    private static readonly string[] s_pages = ["/", "/sessions", Messages];

    /// <summary>Whether a text is such an address.</summary>
    public static bool IsAllowed(string? address)
    {
        if (address is null || address.Length is 0 or > SavedView.MaxAddressLength || address.Any(static c => char.IsControl(c) || c is '\\' or '#'))
        {
            return false;
        }

        var path = PathOf(address);
        const string Reports = "/reports/";
        return s_pages.Contains(path, StringComparer.Ordinal)
            || (path.StartsWith(Reports, StringComparison.Ordinal) && path.Length > Reports.Length
                && path.Skip(Reports.Length).All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
    }

    /// <summary>
    /// Whether views of two pages stand in one menu. Overview, reports and sessions have the same filters, and one goes from one to another;
    /// messages have filters of their own, so their views stand with them alone.
    /// </summary>
    public static bool AreListedTogether(string one, string other) => (PathOf(one) == Messages) == (PathOf(other) == Messages);

    private static string PathOf(string address) => address.Split('?', 2)[0];
}
