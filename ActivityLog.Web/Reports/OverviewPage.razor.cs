using ActivityLog.Core.Accounts;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Shared.Charts;
using ActivityLog.Web.Shared.Filters;

namespace ActivityLog.Web.Reports;

/// <summary>What the coding agents cost, and who, which model and which session made it.</summary>
public sealed partial class OverviewPage
{
    private Overview? _overview;
    private ChartData? _chart;
    private IReadOnlyDictionary<string, string> _colors = new Dictionary<string, string>();
    private IReadOnlyList<OverviewNote> _notes = [];
    private bool _asTable;
    private bool _isAnythingThere = true;

    /// <inheritdoc/>
    protected override async Task LoadAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var refused = RefusedAsync(cancellationToken);
        var overview = await Overviews.GetAsync(query, cancellationToken);
        var models = overview.CostByModel.Select(static series => series.Name).Concat(overview.TopModels.Select(static share => share.Name)).OfType<string>();
        _colors = await ModelColors.GetAsync(models, cancellationToken);
        _chart = Draw(overview);
        _notes = OverviewNote.Of(overview, await refused, Behind, SameFilters("/reports/tokens-by-day"));
        // Beside data of one's own, in days without any, made-up data would be no help.
        _isAnythingThere = !IsEmpty(overview) || Filters.IsNarrowed || await Data.IsThereAsync(query.SystemKeys, cancellationToken);
        _overview = overview;
    }

    // Refusals are the admins' to mend.
    private async Task<long> RefusedAsync(CancellationToken cancellationToken) =>
        (await PersonAsync()).IsInRole(Roles.Admin) ? (await Refusals.ListAsync(cancellationToken)).Sum(static refusal => refusal.Count) : 0;

    private static bool IsEmpty(Overview overview) => overview.Spend.Value == 0 && overview.Sessions.Value is null or 0;

    private string MonthHref()
    {
        var others = Filters.Parameters().Where(static pair => pair.Key is not ("from" or "to"));
        return "/reports/cost-by-day" + QueryString.Create(others.Prepend(new("range", "month")));
    }

    private ChartData Draw(Overview overview)
    {
        var bars = new TimeBars(overview.Days, TimeBars.Suited(Filters.Period.Days), Today, (first, last) => Behind.Sessions(first, last));
        var cells = overview.CostByModel.SelectMany(series => series.Values.Select((value, index) =>
            (bars.BarOf(overview.Days[index]), series.Name ?? ReportText.NoModel, value ?? 0)));
        return ChartData.Stack(ChartShape.Columns, ChartMeasure.Cost, bars.Bars, cells, (name, _) => _colors.GetValueOrDefault(name, "--al-other"), bars.Unfinished);
    }

    private string Until()
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        return Filters.Period.Last == Today ? $"today until {Format.Clock(now, Filters.Zone)[..5]} {Format.Offset(now, Filters.Zone)}" : "";
    }

    private string ColorOf(OverviewShare share) => share.Name is { } model && _colors.TryGetValue(model, out var color) ? color : "--al-other";

    private string LastCall(OverviewShare share) => share.LastAt is { } last ? Format.Moment(last, Filters.Zone, Clock.GetUtcNow().UtcDateTime) : "no session";

    private string People(string? name) => Behind.Sessions(more: new KeyValuePair<string, string?>("user", name ?? ""));

    private string Models(string? name) => Behind.Sessions(more: new KeyValuePair<string, string?>("model", name ?? ""));

    private static (string Figure, string Unit) Parts(OverviewFigure figure) => figure.Value is { } value ? Format.TokenParts((long)value) : (Format.Unknown, "");

    private static IReadOnlyList<double> Trend(OverviewFigure figure) => [.. figure.Days.Select(static value => value ?? 0)];

    private static string? Counted(OverviewFigure figure) => figure.Previous is { } previous and not 0 ? Format.Count((long)previous) : null;

    private static string? Change(double current, double? before) => before is { } previous ? Format.Change(current, previous) : null;

    private static string? Change(OverviewFigure figure) => Change(figure.Value ?? 0, figure.Previous);

    private static string? ChangeInPoints(OverviewFigure figure) => figure is { Value: { } value, Previous: { } previous } ? Format.ChangeInPoints(value, previous) : null;

    private static string? Difference(OverviewFigure figure) => figure is { Value: { } value, Previous: { } previous } ? $"{(value < previous ? "−" : value > previous ? "+" : "±")}{Format.Count((long)Math.Abs(value - previous))}" : null;

    // Green and red only where the direction means something.
    private static string? Direction(OverviewFigure figure, bool upIsGood) => figure is { Value: { } value, Previous: { } previous } && value != previous
        ? value > previous == upIsGood ? "good" : "bad"
        : null;
}
