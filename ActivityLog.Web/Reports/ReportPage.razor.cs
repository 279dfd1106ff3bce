using System.Globalization;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Shared.Charts;
using ActivityLog.Web.Shared.Filters;
using Microsoft.AspNetCore.Components;

namespace ActivityLog.Web.Reports;

/// <summary>A cost report: its chart, and its numbers as a table.</summary>
public sealed partial class ReportPage
{
    private const string ByDay = "cost-by-day";

    private Shown? _shown;
    private IReadOnlyDictionary<string, string> _colors = new Dictionary<string, string>();
    private bool _asTable;

    /// <summary>Which report.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>What a bar stands for: <c>day</c>, <c>week</c>, <c>month</c>; what suits the range where it isn't given.</summary>
    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    [Inject]
    private IEnumerable<IReport> Reports { get; set; } = default!;

    [Inject]
    private IModelColors ModelColors { get; set; } = default!;

    private string CsvHref => $"/api/v1/reports/{Slug}{ApiQuery()}&format=csv";

    private IReport? Report => Reports.FirstOrDefault(report => report.Info.Slug == Slug);

    private ReportColumnKind? Kind => _shown?.Kind;

    private bool IsByUser => Kind == ReportColumnKind.User;

    private bool IsByModel => Kind == ReportColumnKind.Model;

    private bool IsByDay => Kind == ReportColumnKind.Day;

    private ChartInterval Interval => Enum.TryParse<ChartInterval>(By, ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : TimeBars.Suited(Filters.Period.Days);

    protected override async Task LoadAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        if (Report is not { } report)
        {
            return;
        }

        var table = await report.RunAsync(query, cancellationToken);
        var kind = table.Columns[0].Kind;
        // People have no colours of their own; models and days are drawn over time.
        var overTime = kind is ReportColumnKind.Day or ReportColumnKind.User ? table
            : await Reports.Single(static one => one.Info.Slug == ByDay).RunAsync(query, cancellationToken);
        var models = overTime.Series.Select(static series => series.Name).OfType<string>();
        _colors = await ModelColors.GetAsync(models, cancellationToken);

        var rows = CostRow.Read(table);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(Clock.GetUtcNow().UtcDateTime, Filters.Zone));
        var chart = kind == ReportColumnKind.User
            ? CostChart.ByName(rows, row => CallsHref(user: row.Name ?? ""))
            : CostChart.OverTime(CostChart.Days(overTime), overTime.Series, Interval, today, (first, last) => CallsHref(first, last), _colors);
        _shown = new Shown(kind, rows, CostRow.ReadTotal(table), chart);
    }

    private void Choose(ChartInterval interval) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(
        "by", interval == TimeBars.Suited(Filters.Period.Days) ? null : interval.ToString().ToLowerInvariant()));

    private string Compared(CostRow total)
    {
        var days = Filters.Period.Days == 1 ? "on this day" : $"in {Filters.Period.Days} days";
        return total.Before is not { } before ? days
            : before == 0 ? $"{days}, nothing in as many before"
            : $"{days}, {Format.Change(total.Cost, before)} from {Format.Money(before)}";
    }

    private string Sentence(Shown shown) =>
        $"{Report!.Info.Title}, {Format.Days(Filters.Period.First, Filters.Period.Last)}{(IsByUser ? "" : ", stacked by model")}: {Format.Money(shown.Total.Cost)} in all. The same numbers are in the table.";

    private string RowTitle(CostRow row) => Kind switch
    {
        ReportColumnKind.User => PersonName.Show(row.Name),
        ReportColumnKind.Day => Format.Day(Day(row), weekday: true),
        _ => row.Name ?? CostChart.NoModel,
    };

    private string RowHref(CostRow row) => Kind switch
    {
        ReportColumnKind.User => CallsHref(user: row.Name ?? ""),
        ReportColumnKind.Day => CallsHref(Day(row)),
        _ => CallsHref(model: row.Name ?? ""),
    };

    private string RowColor(CostRow row) => !IsByModel ? "--al-accent" : row.Name is { } model && _colors.TryGetValue(model, out var color) ? color : "--al-other";

    private static DateOnly Day(CostRow row) => DateOnly.ParseExact(row.Name!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Shown(ReportColumnKind Kind, IReadOnlyList<CostRow> Rows, CostRow Total, ChartData Chart)
    {
        public string Head => Kind switch
        {
            ReportColumnKind.User => "Person",
            ReportColumnKind.Day => "Day",
            _ => "Model",
        };

        public string TotalTitle => Kind switch
        {
            ReportColumnKind.User => "All people",
            ReportColumnKind.Day => "All days",
            _ => "All models",
        };
    }
}
