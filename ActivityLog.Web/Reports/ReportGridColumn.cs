using ActivityLog.Core.Reports;
using ActivityLog.Web.Shared;

namespace ActivityLog.Web.Reports;

/// <summary>A column of a report as its page shows it.</summary>
/// <param name="Column">Whose title and kind it has.</param>
/// <param name="Index">Where its cells are in a row.</param>
internal sealed record ReportGridColumn(ReportColumn Column, int Index)
{
    /// <summary>The column that says where spend is known from; pages show it as a mark beside the name.</summary>
    public const string Source = "source";

    /// <summary>Where the same number of the period before is in a row: the column shows the change. Null for a column of its own.</summary>
    public int? Before { get; init; }

    /// <summary>Whether it says what the row is.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether it is the number that the report is about.</summary>
    public bool IsLead { get; init; }

    /// <summary>Of money: how many digits.</summary>
    public int Digits { get; init; } = 2;

    /// <summary>Whether its cells are names that rows are told apart by, which stay where there is little room.</summary>
    public bool IsName => IsFirst || Column.Kind is ReportColumnKind.Model or ReportColumnKind.User or ReportColumnKind.Tool;

    /// <summary>Whether it is shown as a bar.</summary>
    public bool IsShare => Column.Kind == ReportColumnKind.Share;

    /// <summary>Whether its numbers are counted or added up from rows, which can be shown.</summary>
    public bool IsCounted => Before is null && Column.Kind is ReportColumnKind.Money or ReportColumnKind.Count;

    /// <summary>The columns of a report's page. The share stands before its number, the change after it.</summary>
    public static IReadOnlyList<ReportGridColumn> Of(ReportTable table)
    {
        var lead = table.Info.Lead is { } named ? Find(table, named) ?? -1
            : Enumerable.Range(0, table.Columns.Count).FirstOrDefault(index => table.Columns[index].Kind == table.Info.Measure && table.Columns[index].PreviousOf is null, -1);
        List<ReportGridColumn> columns = [];
        for (var index = 0; index < table.Columns.Count; index++)
        {
            var column = table.Columns[index];
            if (column.Name is Source or ReportColumn.SystemFilter || column.Kind == ReportColumnKind.Share)
            {
                continue;
            }

            if (column.PreviousOf is { } of && Find(table, of) is { } now)
            {
                // Days have no counterpart before; their whole has, and the page says it above.
                var before = index;
                if (table.Rows.Any(row => row[before] is not null))
                {
                    columns.Add(new(table.Columns[now], now) { Before = index });
                }

                continue;
            }

            if (index == lead && Share(table) is { } share)
            {
                columns.Add(new(table.Columns[share], share));
            }

            columns.Add(new(column, index) { IsFirst = index == 0, IsLead = index == lead, Digits = DigitsOf(table, index) });
        }

        return columns;
    }

    /// <summary>Where a column is; null when it isn't there.</summary>
    public static int? Find(ReportTable table, string name)
    {
        for (var index = 0; index < table.Columns.Count; index++)
        {
            if (table.Columns[index].Name == name)
            {
                return index;
            }
        }

        return null;
    }

    private static int? Share(ReportTable table)
    {
        var share = Enumerable.Range(0, table.Columns.Count).FirstOrDefault(index => table.Columns[index].Kind == ReportColumnKind.Share, -1);
        return share < 0 ? null : share;
    }

    private static int DigitsOf(ReportTable table, int index) =>
        Format.MoneyDigits(table.Rows.Append(table.Total).Select(row => row[index] as long? ?? 0).Max(static value => value == long.MinValue ? long.MaxValue : Math.Abs(value)));
}
