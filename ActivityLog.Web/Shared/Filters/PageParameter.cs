namespace ActivityLog.Web.Shared.Filters;

/// <summary>Parameters of an address that aren't filters.</summary>
internal static class PageParameter
{
    /// <summary>Which page of a table.</summary>
    public const string Page = "page";

    /// <summary>The <see cref="Page"/> that has all rows, where they aren't too many.</summary>
    public const string All = "all";

    /// <summary>Where the page before of a list ended.</summary>
    public const string Cursor = "cursor";

    /// <summary>By which column a table is sorted; a minus before it turns it round.</summary>
    public const string Sort = "sort";

    /// <summary>What a bar of a chart stands for: day, week or month.</summary>
    public const string By = "by";
}
