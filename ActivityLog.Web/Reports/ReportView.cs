using System.Text.Json;
using ActivityLog.Core.Pricing;
using ActivityLog.Core.Reports;

namespace ActivityLog.Web.Reports;

/// <summary>A report's numbers.</summary>
/// <param name="Report">Which report.</param>
/// <param name="From">First moment, UTC; null for no bound.</param>
/// <param name="To">First moment that isn't in it any more, UTC; null for no bound.</param>
/// <param name="TimeZone">IANA name of the zone of days.</param>
/// <param name="Columns">What the rows hold, and in which unit.</param>
/// <param name="Rows">A row a model, person or day: values by the columns' names.</param>
/// <param name="Total">All rows together.</param>
/// <param name="PreviousTotal">The same over the period before, as long; null without a first moment.</param>
internal sealed record ReportView(
    ReportInfo Report,
    DateTime? From,
    DateTime? To,
    string TimeZone,
    IReadOnlyList<ReportColumn> Columns,
    IReadOnlyList<ReportRowView> Rows,
    ReportRowView Total,
    ReportRowView? PreviousTotal)
{
    public static ReportView Of(ReportTable table)
    {
        var names = table.Columns.Select(static column => JsonEncodedText.Encode(column.Name)).ToList();
        return new(
            table.Info,
            table.Query.From,
            table.Query.To,
            table.Query.Zone.Id,
            table.Columns,
            [.. table.Rows.Select(RowOf)],
            RowOf(table.Total),
            table.PreviousTotal is { } previous ? RowOf(previous) : null);

        ReportRowView RowOf(IReadOnlyList<object?> cells) => new(names, table.Columns, cells);
    }

    /// <summary>A cell as it goes out: money in whole microdollars.</summary>
    public static object? Cell(ReportColumn column, object? value) =>
        column.Kind == ReportColumnKind.Money && value is long nanodollars ? Nanodollars.ToMicrodollars(nanodollars) : value;
}
