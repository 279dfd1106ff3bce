using System.Globalization;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Shared.Charts;
using ActivityLog.Web.Shared.Filters;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace ActivityLog.Web.Reports;

/// <summary>Any report: its chart, and its numbers as a table.</summary>
public sealed partial class ReportPage
{
    // Models are drawn over time; their report has but a row each.
    private static readonly Dictionary<string, string> s_drawnBy = new() { ["cost-by-model"] = "cost-by-day" };

    private ReportShown? _shown;
    private ReportTable? _table;
    private ReportTable? _drawn;
    private IReadOnlyDictionary<string, string> _colors = new Dictionary<string, string>();
    private IReadOnlyList<MetadataKey> _keys = [];
    private bool _asTable;
    private bool _isAsking;

    /// <summary>Which report.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>What a bar stands for: <c>day</c>, <c>week</c>, <c>month</c>; what suits the range where it isn't given.</summary>
    [SupplyParameterFromQuery(Name = PageParameter.By)]
    public string? By { get; set; }

    /// <summary>The column sorted by, after a minus from the largest down.</summary>
    [SupplyParameterFromQuery(Name = PageParameter.Sort)]
    public string? Sort { get; set; }

    /// <summary>Which page of the table, from 1, or <see cref="PageParameter.All"/> of it.</summary>
    [SupplyParameterFromQuery(Name = PageParameter.Page)]
    public string? TablePage { get; set; }

    /// <inheritdoc/>
    protected override string Subject => $"{Slug} {string.Join('&', OwnValues().Select(static pair => $"{pair.Key}={pair.Value}"))}";

    [Inject]
    private IEnumerable<IReport> Reports { get; set; } = default!;

    [Inject]
    private IModelColors ModelColors { get; set; } = default!;

    [Inject]
    private IMetadataKeyStore MetadataKeys { get; set; } = default!;

    private string CsvHref => $"/api/v1/reports/{Slug}{ApiQuery()}{string.Concat(OwnValues().Select(static pair => $"&{pair.Key}={Uri.EscapeDataString(pair.Value)}"))}&format=csv";

    private IReport? Report => Reports.FirstOrDefault(report => report.Info.Slug == Slug);

    private int PageNumber => int.TryParse(TablePage, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1;

    private ChartInterval Interval => Enum.TryParse<ChartInterval>(By, ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : TimeBars.Suited(Filters.Period.Days);

    /// <inheritdoc/>
    protected override async Task LoadAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var own = OwnValues();
        _keys = Report is { Parameters.Count: > 0 } ? await MetadataKeys.ListAsync(query.SystemKeys, cancellationToken) : [];
        _isAsking = Report is null || Report.Parameters.Any(parameter => !own.ContainsKey(parameter.Name));
        if (Report is not { } report || _isAsking)
        {
            _shown = null;
            return;
        }

        query = query with { Own = own };
        var reading = report.RunAsync(query, cancellationToken);
        var drawing = s_drawnBy.TryGetValue(Slug, out var other) ? Reports.Single(one => one.Info.Slug == other).RunAsync(query, cancellationToken) : reading;
        var (table, drawn) = (await reading, await drawing);
        _colors = await ModelColors.GetAsync(ModelsOf(table).Concat(ModelsOf(drawn)), cancellationToken);
        (_table, _drawn) = (table, drawn);
        Draw();
    }

    /// <inheritdoc/>
    protected override void OnAddressChanged() => Draw();

    private static IEnumerable<string> ModelsOf(ReportTable table)
    {
        var names = table.Info.Series == ReportColumnKind.Model ? table.Series.Select(static series => series.Name) : [];
        for (var index = 0; index < table.Columns.Count; index++)
        {
            if (table.Columns[index].Kind == ReportColumnKind.Model)
            {
                var column = index;
                names = names.Concat(table.Rows.Select(row => row[column] as string));
            }
        }

        return names.OfType<string>().Distinct();
    }

    private void Draw()
    {
        if (_table is not null && _drawn is not null)
        {
            var chart = new ReportDrawing(_drawn, _colors, new ReportLinks(_drawn, Behind)).Draw(Interval, Today);
            _shown = new ReportShown(_table, _drawn, chart, Filters.Period, Interval);
        }
    }

    private Dictionary<string, string> OwnValues()
    {
        var asked = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in Report?.Parameters ?? [])
        {
            var value = asked.TryGetValue(parameter.Name, out var given) && parameter.IsAllowed(given.ToString()) ? given.ToString() : parameter.Default;
            if (value is not null)
            {
                values[parameter.Name] = value;
            }
        }

        return values;
    }

    private void Choose(ChartInterval interval) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(
        PageParameter.By, interval == TimeBars.Suited(Filters.Period.Days) ? null : interval.ToString().ToLowerInvariant()));

    private static string Foot(ReportShown shown)
    {
        var estimate = shown.Table.Info.Measure == ReportColumnKind.Money ? "The senders' own estimate, not the invoice. " : "";
        var calls = ReportGridColumn.Find(shown.Table, "calls") is { } index && shown.Table.Total[index] is long count ? $"{Format.Count(count)} calls, each counted once. " : "";
        return estimate + calls + shown.Table.Info.Note;
    }
}
