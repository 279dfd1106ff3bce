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
    private const string PromptFilter = "promptId";

    /// <summary>What a row is made of: the session it is, with the prompt it is in sight, else sessions, else messages; null where it is made of neither.</summary>
    public string? Row(IReadOnlyList<object?> row)
    {
        var (day, filters) = Of(row);
        return Session(row, Find(PromptFilter) is { } prompt ? row[prompt] as string : null)
            ?? (table.Info.Behind is { } which ? behind.SessionsOrMessages(which, day, null, filters) : null);
    }

    /// <summary>The session that a row is of; null where it is of none.</summary>
    public string? Session(IReadOnlyList<object?> row) => Session(row, null);

    /// <summary>The messages or sessions that a number is made of; null where it is made of neither.</summary>
    public string? Cell(IReadOnlyList<object?> row, ReportColumn column)
    {
        var (day, filters) = Of(row);
        return (column.Behind ?? (IsOfMetrics(row) ? null : table.Info.Behind)) switch
        {
            null or ReportColumn.OfNoMessages => null,
            ReportColumn.OfSessions => behind.Sessions(day, null, filters),
            var which => behind.Messages(which, day, null, filters),
        };
    }

    /// <summary>What the bar of some days is made of.</summary>
    public string? Days(DateOnly first, DateOnly last) =>
        table.Info.Behind is { } which ? behind.SessionsOrMessages(which, first, last) : behind.Sessions(first, last);

    /// <summary>What the bar of a name is made of: all rows that have it in the table's first column, whatever else tells them apart.</summary>
    public string? Category(string? name) =>
        table.Rows.FirstOrDefault(row => Equals(row[0], name)) is not { } row ? null
        : Find(SessionFilter) is not null ? Row(row)
        : table is { Info.Behind: { } which, Columns: [{ Filter: { } filter }, ..] } ? behind.SessionsOrMessages(which, null, null, [new(filter, name ?? "")]) : null;

    private string? Session(IReadOnlyList<object?> row, string? prompt) => Find(SessionFilter) is { } session && row[session] is string id
        ? SessionAddress.Of(
            id, Find(ReportColumn.SystemFilter) is { } system && Guid.TryParse(row[system] as string, out var systemId) ? systemId : null, behind.Zone, prompt: prompt)
        : null;

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

    // No message tells of what only metrics do.
    private bool IsOfMetrics(IReadOnlyList<object?> row) => ReportGridColumn.Find(table, ReportGridColumn.Source) is { } source && row[source] is "metrics";

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
