using System.Globalization;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Shared.Charts;

namespace ActivityLog.Web.Reports;

/// <summary>Turns what reports answer into what charts draw.</summary>
internal static class CostChart
{
    /// <summary>What calls without a model are called.</summary>
    public const string NoModel = "no model named";

    private const int MostNames = 15;

    /// <summary>Cost over time, a series a model.</summary>
    public static ChartData OverTime(
        IReadOnlyList<DateOnly> days, IReadOnlyList<ReportSeries> series, ChartInterval interval, DateOnly today, Func<DateOnly, DateOnly, string> href, IReadOnlyDictionary<string, string> colors)
    {
        var bars = new TimeBars(days, interval, today, href);
        var cells = series.SelectMany(one => one.Values.Select((value, index) => (bars.BarOf(days[index]), one.Name ?? NoModel, (long)(value ?? 0))));
        return ChartData.Stack(ChartMeasure.Cost, bars.Bars, cells, colors, bars.Unfinished);
    }

    /// <summary>Cost by name: the dearest, and the rest together. One series alone has the accent.</summary>
    public static ChartData ByName(IReadOnlyList<CostRow> rows, Func<CostRow, string> href)
    {
        var people = rows.GroupBy(static row => row.Name).Select(static group => (Row: group.First(), Cost: group.Sum(static row => row.Cost))).ToList();
        var shown = people.Take(people.Count > MostNames ? MostNames - 1 : MostNames).ToList();
        List<ChartBar> bars = [.. shown.Select(one => new ChartBar(PersonName.Show(one.Row.Name), PersonName.Show(one.Row.Name), href(one.Row)))];
        List<long> values = [.. shown.Select(static one => one.Cost)];
        if (people.Count > shown.Count)
        {
            var rest = people[shown.Count..];
            bars.Add(new ChartBar($"{rest.Count} others", $"{rest.Count} others"));
            values.Add(rest.Sum(static one => one.Cost));
        }

        return new ChartData(ChartMeasure.Cost, bars, [new ChartSeries("Cost", "--al-accent", values)]);
    }

    /// <summary>The days that a report's categories name.</summary>
    public static IReadOnlyList<DateOnly> Days(ReportTable table) =>
        [.. table.Categories.OfType<string>().Select(static day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture))];
}
