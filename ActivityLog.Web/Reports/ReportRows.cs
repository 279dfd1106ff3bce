using ActivityLog.Core.Reports;

namespace ActivityLog.Web.Reports;

/// <summary>The rows of a report as its page shows them: sorted, and a page of them.</summary>
internal sealed class ReportRows
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Most rows that are shown at once when all are asked for, such as for paper.</summary>
    public const int MostAtOnce = 1000;

    /// <param name="table">The report.</param>
    /// <param name="sort">Name of the column sorted by, after a minus from the largest down; else as the report gives them, days from the latest back.</param>
    /// <param name="page">Which page, from 1; beyond the last, the last.</param>
    /// <param name="all">Whether all are asked for, on one page; where they are too many, they stay paged.</param>
    public ReportRows(ReportTable table, string? sort, int page, bool all = false)
    {
        var name = sort?.TrimStart('-');
        SortedBy = name is null ? null : ReportGridColumn.Find(table, name);
        IsDescending = sort?.StartsWith('-') == true;
        if (SortedBy is null && table.Columns[0].Kind == ReportColumnKind.Day)
        {
            (SortedBy, IsDescending) = (0, true);
        }

        var rows = SortedBy is { } column ? Sorted(table.Rows, column, IsDescending) : table.Rows;
        CanShowAll = rows.Count is > PageSize and <= MostAtOnce;
        ShowsAll = all && CanShowAll;
        var size = ShowsAll ? rows.Count : PageSize;
        Pages = Math.Max(1, (rows.Count + size - 1) / size);
        Page = Math.Clamp(page, 1, Pages);
        OfPage = [.. rows.Skip((Page - 1) * size).Take(size)];
        First = rows.Count == 0 ? 0 : (Page - 1) * size + 1;
        Last = (Page - 1) * size + OfPage.Count;
    }

    /// <summary>Index of the column sorted by; null for the report's own order.</summary>
    public int? SortedBy { get; }

    /// <summary>Whether from the largest down.</summary>
    public bool IsDescending { get; }

    /// <summary>Whether there are more than a page, and not too many to show them all.</summary>
    public bool CanShowAll { get; }

    /// <summary>Whether all are shown, on one page.</summary>
    public bool ShowsAll { get; }

    /// <summary>Which page, from 1.</summary>
    public int Page { get; }

    /// <summary>How many pages.</summary>
    public int Pages { get; }

    /// <summary>Number of the first row of the page, from 1; 0 without rows.</summary>
    public int First { get; }

    /// <summary>Number of its last row.</summary>
    public int Last { get; }

    /// <summary>The rows of the page.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> OfPage { get; }

    // What there is none of comes last, either way.
    private static List<IReadOnlyList<object?>> Sorted(IReadOnlyList<IReadOnlyList<object?>> rows, int column, bool isDescending)
    {
        var order = Comparer<object?>.Create(static (one, other) => (one, other) switch
        {
            (string text, string than) => string.Compare(text, than, StringComparison.OrdinalIgnoreCase),
            (IComparable value, { } than) when value.GetType() == than.GetType() => value.CompareTo(than),
            _ => 0,
        });
        var known = rows.OrderBy(row => row[column] is null);
        return [.. isDescending ? known.ThenByDescending(row => row[column], order) : known.ThenBy(row => row[column], order)];
    }
}
