using ActivityLog.Core.Reports;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Shared.Charts;
using ActivityLog.Web.Shared.Filters;

namespace ActivityLog.Web.Reports;

/// <summary>A report that was read, with what its page says of it.</summary>
/// <param name="Table">The report.</param>
/// <param name="Drawn">The report that is drawn: itself, or the same over time.</param>
/// <param name="Chart">Its chart.</param>
/// <param name="Period">The days.</param>
/// <param name="Interval">What a bar of time stands for.</param>
internal sealed record ReportShown(ReportTable Table, ReportTable Drawn, ChartData Chart, Period Period, ChartInterval Interval)
{
    private int? Lead { get; } = ReportGridColumn.Of(Table).FirstOrDefault(static column => column.IsLead)?.Index;

    /// <summary>Whether its bars can be of days, weeks or months.</summary>
    public bool HasIntervals => Drawn.Info.Chart == ReportChartKind.StackedDays;

    /// <summary>Head of the first column of the chart's table.</summary>
    public string BarHead => Drawn.Info.Chart switch
    {
        ReportChartKind.Bars => Drawn.Columns[0].Title,
        ReportChartKind.Lines => "Day",
        _ => Interval.ToString(),
    };

    /// <summary>The number that the report is about, over all rows.</summary>
    public string LeadText => Lead is { } lead && Table.Total[lead] is { } total
        ? ReportText.Cell(Table.Columns[lead].Kind, total, Format.MoneyDigits(total as long? ?? 0), Table.Query.Zone)
        : Table.Info.Title;

    // What the number is; money says it by itself unless it is another than cost.
    private string LeadName => Lead is not { } lead || Table.Columns[lead].Title is "Cost" ? "" : Table.Columns[lead].Title.ToLowerInvariant();

    /// <summary>The same to its last digit.</summary>
    public string? LeadExact => Lead is { } lead ? ReportText.Exact(Table.Columns[lead].Kind, Table.Total[lead], Table.Query.Zone) : null;

    /// <summary>Against the period before.</summary>
    public string Compared
    {
        get
        {
            var days = $"{LeadName} {(Period.Days == 1 ? "on this day" : $"in {Period.Days} days")}".TrimStart();
            return Lead is not { } lead || Table.PreviousTotal?[lead] is not { } before ? days
                : before is 0L or 0.0 ? $"{days}, nothing in as many before"
                : $"{days}, {ReportText.Change(Table.Columns[lead].Kind, Table.Total[lead], before)} from {ReportText.Cell(Table.Columns[lead].Kind, before, Format.MoneyDigits(before as long? ?? 0), Table.Query.Zone)}";
        }
    }

    /// <summary>The chart in a sentence.</summary>
    public string Sentence
    {
        get
        {
            var stacked = Drawn.Info.Series switch
            {
                ReportColumnKind.Model => ", by model",
                ReportColumnKind.User => ", by person",
                _ => "",
            };
            var all = Lead is { } lead && Table.Total[lead] is not null ? $": {LeadText} in all" : "";
            return $"{Table.Info.Title}, {Format.Days(Period.First, Period.Last)}{stacked}{all}. The same numbers are in the table.";
        }
    }
}
