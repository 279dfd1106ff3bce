namespace ActivityLog.Core.Reports;

/// <summary>A column of a report's table.</summary>
/// <param name="Name">Its key in JSON and its head in CSV, such as <c>costMicrocents</c>.</param>
/// <param name="Title">Its head on a page, such as <c>Cost</c>.</param>
/// <param name="Kind">What its cells are.</param>
public sealed record ReportColumn(string Name, string Title, ReportColumnKind Kind)
{
    /// <summary>
    /// Of a column that tells what a row is of: the filter of messages that its cells are values of, such as <c>userName</c>, or <see cref="DayFilter"/>; a cell
    /// that is null stands for the messages without one. Null for any other column.
    /// </summary>
    public string? Filter { get; init; }

    /// <summary>
    /// Of a column of numbers: the messages they are made of, as filters in an address, such as <c>type=ai.tool&amp;status=error</c>; null where
    /// it is what the report's rows are made of (<see cref="ReportInfo.Behind"/>).
    /// </summary>
    public string? Behind { get; init; }

    /// <summary>Of a column that tells of the period before: the name of the column that tells the same of the range itself.</summary>
    public string? PreviousOf { get; init; }

    /// <summary>The <see cref="Filter"/> of Systems, by their id: it tells apart what senders gave the same id.</summary>
    public const string SystemFilter = "systemId";

    /// <summary>The <see cref="Filter"/> of days, which are a range of time: the day's, in the report's zone.</summary>
    public const string DayFilter = "day";
}
