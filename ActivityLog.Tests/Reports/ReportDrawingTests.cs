using System.Globalization;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Reports;
using ActivityLog.Web.Shared.Charts;
using ActivityLog.Web.Shared.Filters;

namespace ActivityLog.Tests.Reports;

public sealed class ReportDrawingTests
{
    private static readonly DateOnly s_today = new(2026, 11, 2);

    [Theory]
    [InlineData(8, new string[0])]
    [InlineData(10, new[] { "model-8", "model-9" })]
    public void Draw_MoreLinesThanColours_SaysWhichAreLeftOut(int models, string[] leftOut)
    {
        var table = new ReportTable
        {
            Info = new ReportInfo("api-by-model", "API by model", "", ReportGroup.Api, ReportChartKind.Lines) { Measure = ReportColumnKind.Duration, Series = ReportColumnKind.Model },
            Query = new ReportQuery { SystemKeys = [] },
            Columns = [],
            Rows = [],
            Total = [],
            Categories = ["2026-11-01", "2026-11-02"],
            Series = [.. Enumerable.Range(0, models).Select(static n => new ReportSeries("model-" + n.ToString(CultureInfo.InvariantCulture), "events", [1, 2], 2))],
        };
        var filters = new PageFilters { Period = new(s_today.AddDays(-1), s_today, null), Zone = TimeZoneInfo.Utc };

        var chart = new ReportDrawing(table, new Dictionary<string, string>(), new ReportLinks(table, new Behind(filters))).Draw(ChartInterval.Day, s_today);

        chart.Series.Count.ShouldBe(8);
        chart.LeftOut.ShouldBe(leftOut);
    }
}
