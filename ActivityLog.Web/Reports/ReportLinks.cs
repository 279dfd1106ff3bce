using ActivityLog.Core.Reports;
using ActivityLog.Web.Sessions;
using ActivityLog.Web.Shared.Filters;

namespace ActivityLog.Web.Reports;

/// <summary>Finds where the rows behind a report's rows, cells and bars are.</summary>
/// <param name="table">The report.</param>
/// <param name="behind">With which range and filters.</param>
internal sealed class ReportLinks(ReportTable table, Behind behind)
{
    private const string SessionFilter = "sessionId";

    /// <summary>What a row is made of: the session it is, else sessions, else messages; null where it is made of neither.</summary>
    public string? Row(IReadOnlyList<object?> row)
    {
        var (day, filters) = Of(row);
        return Session(row) ?? (table.Info.Behind is { } which ? behind.SessionsOrMessages(which, day, null, filters)
            : null);
    }

    /// <summary>The session that a row is of; null where it is of none.</summary>
    public string? Session(IReadOnlyList<object?> row) => Find(SessionFilter) is { } session && row[session] is string id
        ? SessionAddress.Of(id, Find(ReportColumn.SystemFilter) is { } system && Guid.TryParse(row[system] as string, out var systemId) ? systemId : null)
        : null;

    /// <summary>The messages that a number is made of; null where there are none.</summary>
    public string? Cell(IReadOnlyList<object?> row, ReportColumn column)
    {
        var (day, filters) = Of(row);
        return (column.Behind ?? table.Info.Behind) is { } which ? behind.Messages(which, day, null, filters) : null;
    }

    /// <summary>What the bar of some days is made of.</summary>
    public string? Days(DateOnly first, DateOnly last) =>
        table.Info.Behind is { } which ? behind.SessionsOrMessages(which, first, last) : behind.Sessions(first, last);

    /// <summary>What the bar of a name is made of: the rows of the table's first column.</summary>
    public string? Category(string? name) => table.Rows.FirstOrDefault(row => Equals(row[0], name)) is { } row ? Row(row) : null;

    private (DateOnly? Day, IReadOnlyList<KeyValuePair<string, string?>> Filters) Of(IReadOnlyList<object?> row)
    {
        DateOnly? day = null;
        List<KeyValuePair<string, string?>> filters = [];
        for (var index = 0; index < table.Columns.Count; index++)
        {
            var (column, cell) = (table.Columns[index], row[index] as string);
            if (column.Filter == ReportColumn.DayFilter)
            {
                day = cell is null ? null : ReportText.Day(cell);
            }
            else if (column.Filter is { } filter)
            {
                filters.Add(new(filter, cell ?? ""));
            }
        }

        return (day, filters);
    }

    private int? Find(string filter)
    {
        for (var index = 0; index < table.Columns.Count; index++)
        {
            if (table.Columns[index].Filter == filter)
            {
                return index;
            }
        }

        return null;
    }
}
