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
    /// it is what the report's rows are made of (<see cref="ReportInfo.Behind"/>), or <see cref="OfSessions"/>, or <see cref="OfNoMessages"/>.
    /// </summary>
    public string? Behind { get; init; }

    /// <summary>Of a column that tells of the period before: the name of the column that tells the same of the range itself.</summary>
    public string? PreviousOf { get; init; }

    /// <summary>The <see cref="Behind"/> of numbers that count sessions.</summary>
    public const string OfSessions = "sessions";

    /// <summary>The <see cref="Behind"/> of numbers that aren't made of messages, such as ratios and what metrics count, or not of any that filters can name.</summary>
    public const string OfNoMessages = "";

    /// <summary>The <see cref="Behind"/> of uses of tools that weren't denied.</summary>
    public const string OfUses = "type=ai.tool&status=ok&status=error&status=";

    /// <summary>The <see cref="Filter"/> of Systems, by their id: it tells apart what senders gave the same id.</summary>
    public const string SystemFilter = "systemId";

    /// <summary>The <see cref="Filter"/> of days, which are a range of time: the day's, in the report's zone.</summary>
    public const string DayFilter = "day";
}
