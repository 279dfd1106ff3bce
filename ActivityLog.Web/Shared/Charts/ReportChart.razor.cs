using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ActivityLog.Web.Shared.Charts;

/// <summary>Stacked bars with their legend and their numbers as a table.</summary>
public sealed partial class ReportChart
{
    private ElementReference _host;
    private ElementReference _live;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private DotNetObjectReference<ReportChart>? _self;
    private ChartData? _drawn;
    private (string Name, bool IsRest)? _drawnAlone;
    private bool _drawnTable;
    private (string Name, bool IsRest)? _alone;
    private bool _disposed;

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

    /// <summary>Whether the bars lie: for names, which need room.</summary>
    [Parameter]
    public bool Horizontal { get; set; }

    /// <summary>Height of the drawing, in pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 300;

    /// <summary>Opens the rows behind a bar; called by the module.</summary>
    [JSInvokable]
    public void Open(int bar)
    {
        if (bar >= 0 && bar < Data.Bars.Count && Data.Bars[bar].Href is { } href)
        {
            Navigation.NavigateTo(href);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await ReleaseAsync();
        _self?.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (_alone is not null && Data.Series.All(series => Key(series) != _alone))
        {
            _alone = null;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_drawn == Data && _drawnAlone == _alone && _drawnTable == ShowTable)
        {
            return;
        }

        (_drawn, _drawnAlone, _drawnTable) = (Data, _alone, ShowTable);
        try
        {
            if (firstRender)
            {
                await StartAsync();
            }
            else if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("update", Drawing());
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException || _disposed)
        {
            // The circuit ended, or the page was left, while it was drawn: nobody looks any more.
        }
    }

    private async Task StartAsync()
    {
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/report-chart.js");
        if (!_disposed)
        {
            _self = DotNetObjectReference.Create(this);
            _chart = await _module.InvokeAsync<IJSObjectReference>("create", _host, _live, _self, Drawing());
        }

        // The page was left meanwhile, and what came after it has nobody else to end it.
        if (_disposed)
        {
            await ReleaseAsync();
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("dispose");
                await _chart.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The circuit is gone, and the drawing with it.
        }
    }

    private void Isolate(ChartSeries series) => _alone = _alone == Key(series) ? null : Key(series);

    private static (string Name, bool IsRest) Key(ChartSeries series) => (series.Name, series.IsRest);

    private object Drawing()
    {
        var shown = Data.Series.Where(series => _alone is null || Key(series) == _alone).ToList();
        return new
        {
            Height,
            Horizontal,
            Measure = Data.Measure.ToString(),
            Unfinished = Data.UnfinishedBar,
            Bars = Data.Bars.Select((bar, index) => new
            {
                bar.Title,
                bar.Tick,
                bar.TickWhenNarrow,
                Opens = bar.Href is not null,
                Total = Cell(shown.Sum(series => series.Values[index])),
            }),
            Series = shown.Select(series => new
            {
                series.Name,
                series.Color,
                Values = series.Values.Select(value => Data.Measure == ChartMeasure.Cost ? value / 1e9 : value),
                Texts = series.Values.Select(Cell),
            }),
        };
    }

    private string Headline(long value) => Data.Measure == ChartMeasure.Cost ? Format.Money(value) : Format.Tokens(value);

    private string Cell(long value) => Data.Measure switch
    {
        ChartMeasure.Cost => Format.Money(value, Format.MoneyDigits(Data.Total)),
        ChartMeasure.Tokens => Format.Tokens(value),
        _ => Format.Count(value),
    };
}
