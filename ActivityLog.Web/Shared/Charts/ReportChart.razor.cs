using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace ActivityLog.Web.Shared.Charts;

/// <summary>A chart with its legend and its numbers as a table.</summary>
public sealed partial class ReportChart
{
    private const int BarHeight = 30;
    private const int AxisHeight = 44;
    private const int MostNamesLeftOut = 5;

    private readonly string _table = $"chart-{Guid.NewGuid():n}";
    private ChartData? _given;
    private ChartData _shown = default!;
    private string _drawing = "";
    private (string Name, bool IsRest)? _alone;

    /// <summary>What is drawn.</summary>
    [Parameter, EditorRequired]
    public ChartData Data { get; set; } = default!;

    /// <summary>What the chart shows, in a sentence.</summary>
    [Parameter, EditorRequired]
    public string Sentence { get; set; } = "";

    /// <summary>Head of the table's first column.</summary>
    [Parameter]
    public string BarHead { get; set; } = "Day";

    /// <summary>Whether the table stands in the chart's place.</summary>
    [Parameter]
    public bool ShowTable { get; set; }

    /// <summary>Height of the plot of columns and lines, in pixels; bars are as high as they are many.</summary>
    [Parameter]
    public int Height { get; set; } = 260;

    private int PlotHeight => Data.Shape == ChartShape.Bars ? BarHeight * Data.Bars.Count + AxisHeight : Height;

    private bool HasTotal => Data.IsAdditive && _shown.Series.Count != 1;

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_given, Data))
        {
            return;
        }

        _given = Data;
        if (Data.Series.All(series => Key(series) != _alone))
        {
            _alone = null;
        }

        Draw();
    }

    private static (string Name, bool IsRest) Key(ChartSeries series) => (series.Name, series.IsRest);

    private void Isolate(ChartSeries series)
    {
        _alone = _alone == Key(series) ? null : Key(series);
        Draw();
    }

    private void Draw()
    {
        _shown = _alone is null ? Data : Data with { Series = [.. Data.Series.Where(series => Key(series) == _alone)] };
        _drawing = JsonSerializer.Serialize(ChartDrawing.Of(_shown, PlotHeight), JsonSerializerOptions.Web);
    }

    private string? Share(ChartSeries series, int bar) =>
        HasTotal && _shown.BarTotal(bar) is > 0 and var total && series.Values[bar] is > 0 and { } value ? $"{Math.Round(100 * value / total):0}%" : null;

    private string Summary(ChartSeries series) => MeasureText.Headline(Data.Measure, Data.IsAdditive ? series.Total : series.Whole);

    private string NamesLeftOut()
    {
        var others = Data.LeftOut.Count - MostNamesLeftOut;
        return string.Join(", ", Data.LeftOut.Take(MostNamesLeftOut)) + (others > 0 ? $" and {Format.Count(others)} more" : "");
    }

    private string Cell(double? value) => MeasureText.Cell(Data.Measure, value, Data.Total);
}
