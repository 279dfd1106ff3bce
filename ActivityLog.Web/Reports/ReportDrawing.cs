using System.Globalization;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Shared.Charts;

namespace ActivityLog.Web.Reports;

/// <summary>Turns what a report answers into what its chart draws.</summary>
/// <param name="table">The report.</param>
/// <param name="colors">Model to CSS variable.</param>
/// <param name="links">Where bars lead.</param>
internal sealed class ReportDrawing(ReportTable table, IReadOnlyDictionary<string, string> colors, ReportLinks links)
{
    private const int MostNames = 15;
    private const string Light = "p95";
    private const string FromMetrics = "from metrics";

    private static readonly Dictionary<string, string> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["output"] = "--al-k-out",
        ["cache write"] = "--al-k-write",
        ["cache read"] = "--al-k-read",
        ["input"] = "--al-k-in",
        // What went well is plain, what failed is red; what a person or a rule refused is neither. Hues are the models'.
        ["succeeded"] = "--al-accent",
        ["accepted"] = "--al-accent",
        ["added"] = "--al-accent",
        ["failed"] = "--al-bad",
        ["denied"] = "--al-other",
        ["rejected"] = "--al-other",
        ["removed"] = "--al-other",
    };

    private ReportInfo Info => table.Info;

    private ChartMeasure Measure => Info.Measure switch
    {
        ReportColumnKind.Money => ChartMeasure.Cost,
        ReportColumnKind.Tokens => ChartMeasure.Tokens,
        ReportColumnKind.Rate or ReportColumnKind.Share => ChartMeasure.Share,
        ReportColumnKind.Duration or ReportColumnKind.Seconds => ChartMeasure.Duration,
        _ => ChartMeasure.Count,
    };

    // Charts know milliseconds only.
    private double Unit => Info.Measure == ReportColumnKind.Seconds ? 1000 : 1;

    /// <summary>The chart.</summary>
    /// <param name="interval">What a bar of time stands for; lines are by the day, for what they draw doesn't add up.</param>
    /// <param name="today">The day that isn't over.</param>
    public ChartData Draw(ChartInterval interval, DateOnly today)
    {
        if (Info.Chart == ReportChartKind.Bars)
        {
            return Bars();
        }

        DateOnly[] days = [.. table.Categories.OfType<string>().Select(ReportText.Day)];
        var bars = new TimeBars(days, Info.Chart == ReportChartKind.Lines ? ChartInterval.Day : interval, today, links.Days);
        return Info.Chart == ReportChartKind.Lines
            ? new ChartData(ChartShape.Lines, Measure, bars.Bars, [.. table.Series.Take(ChartData.MaxSeries).Select(Line)], bars.Unfinished)
            {
                LeftOut = [.. table.Series.Skip(ChartData.MaxSeries).Select(NameOf)],
            }
            : ChartData.Stack(ChartShape.Columns, Measure, bars.Bars, Cells(index => bars.BarOf(days[index])), Color, bars.Unfinished, KeepsOrder);
    }

    private bool KeepsOrder => Info.Series == ReportColumnKind.Text && table.Series.Count <= ChartData.MaxSeries;

    private ChartData Bars()
    {
        var names = table.Categories;
        var shown = Math.Min(names.Count, names.Count > MostNames ? MostNames - 1 : MostNames);
        var kind = table.Columns[0].Kind;
        List<ChartBar> bars = [.. names.Take(shown).Select(name => new ChartBar(ReportText.Name(kind, name), ReportText.Short(kind, name), links.Category(name)))];
        var isAdditive = Measure is ChartMeasure.Cost or ChartMeasure.Tokens or ChartMeasure.Count;
        if (names.Count > shown && isAdditive && !Info.IsLargestOnly)
        {
            var rest = string.Create(CultureInfo.InvariantCulture, $"{names.Count - shown} others");
            bars.Add(new ChartBar(rest, rest));
        }

        var cells = Cells(index => Math.Min(index, shown)).Where(cell => cell.Bar < bars.Count);
        return ChartData.Stack(ChartShape.Bars, Measure, bars, cells, Color, null, KeepsOrder);
    }

    private IEnumerable<(int Bar, string Series, double Value)> Cells(Func<int, int> bar) =>
        table.Series.SelectMany(series => series.Values.Select((value, index) => (bar(index), NameOf(series), (value ?? 0) * Unit)));

    private ChartSeries Line(ReportSeries series, int rank)
    {
        var name = NameOf(series);
        var isLight = name.Contains(Light, StringComparison.OrdinalIgnoreCase);
        var values = series.Values.Select(value => value * Unit);
        return new ChartSeries(name, ColorOf(series.Name, rank), [.. values], IsLight: isLight, Whole: series.Whole * Unit);
    }

    private string NameOf(ReportSeries series) => series.Name is null && Info.Series == ReportColumnKind.Text
        ? series.Source == "metrics" ? FromMetrics : Info.Title
        : ReportText.Name(Info.Series, series.Name);

    private string Color(string name, int rank) => Info.Series == ReportColumnKind.Model
        ? colors.GetValueOrDefault(name, "--al-other")
        : ColorOf(name, rank);

    // A line of a model has the model's colour, whichever of its numbers it is.
    private string ColorOf(string? name, int rank) =>
        name is null ? "--al-accent"
        : s_kinds.TryGetValue(name, out var kind) ? kind
        : colors.TryGetValue(name, out var color) ? color
        : colors.Keys.Where(model => name.StartsWith(model + " ", StringComparison.Ordinal)).MaxBy(static model => model.Length) is { } model ? colors[model]
        : table.Series.Select(static series => series.Name).Distinct().Count() == 1 || name == Info.Title ? "--al-accent"
        : name == FromMetrics ? "--al-other"
        : string.Create(CultureInfo.InvariantCulture, $"--al-c{rank % ChartData.MaxSeries + 1}");
}
