using System.Globalization;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Shared.Filters;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ActivityLog.Web.Reports;

/// <summary>The table of any report.</summary>
public sealed partial class ReportGrid
{
    private IReadOnlyList<ReportGridColumn> _columns = [];
    private ReportRows _rows = default!;
    private ReportLinks _links = default!;
    private int? _source;

    /// <summary>The report.</summary>
    [Parameter, EditorRequired]
    public ReportTable Table { get; set; } = default!;

    /// <summary>Where the rows behind are.</summary>
    [Parameter, EditorRequired]
    public Behind Behind { get; set; } = default!;

    /// <summary>Model to CSS variable.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<string, string> Colors { get; set; } = new Dictionary<string, string>();

    /// <summary>The column sorted by, as in the address.</summary>
    [Parameter]
    public string? Sort { get; set; }

    /// <summary>Which page of the rows, from 1.</summary>
    [Parameter]
    public int Page { get; set; } = 1;

    /// <summary>Whether all rows are asked for, on one page.</summary>
    [Parameter]
    public bool ShowAll { get; set; }

    private TimeZoneInfo Zone => Table.Query.Zone;

    protected override void OnParametersSet()
    {
        _links = new ReportLinks(Table, Behind);
        _columns = ReportGridColumn.Of(Table);
        _source = ReportGridColumn.Find(Table, ReportGridColumn.Source);
        _rows = new ReportRows(Table, Sort, Page, ShowAll);
    }

    private static string Head(ReportGridColumn column) => column.Before is null ? column.Column.Title : "vs before";

    private static string Class(ReportGridColumn column) =>
        $"{(ReportText.IsNumber(column.Column.Kind) && !column.IsShare ? "num" : null)} {(column.IsLead ? "cost" : null)} {(column.IsName ? "of" : null)} {(column.IsFirst || column.IsLead || column.IsName ? null : "hide-s")} {(column.Before is null ? null : "muted")}".Trim();

    private string? Exact(ReportGridColumn column, IReadOnlyList<object?> row) =>
        column.Before is null ? ReportText.Exact(column.Column.Kind, row[column.Index], Zone) ?? (column.IsName ? Text(column, row) : null)
        : row[column.Before.Value] is { } before ? $"Before: {ReportText.Cell(column.Column.Kind, before, column.Digits, Zone)}"
        : null;

    private string Text(ReportGridColumn column, IReadOnlyList<object?> row) =>
        column.Before is { } before ? ReportText.Change(column.Column.Kind, row[column.Index], row[before])
        : row[column.Index] is DateTime time ? Format.Moment(time, Zone, Table.Query.To?.AddTicks(-1) ?? time)
        : ReportText.Cell(column.Column.Kind, row[column.Index], column.Digits, Zone);

    private RenderFragment Cell(ReportGridColumn column, IReadOnlyList<object?> row) => builder =>
    {
        var text = Text(column, row);
        if (column.IsShare)
        {
            builder.OpenComponent<ShareBar>(0);
            builder.AddComponentParameter(1, nameof(ShareBar.Part), row[column.Index] as double? ?? 0);
            builder.AddComponentParameter(2, nameof(ShareBar.Whole), 1.0);
            builder.AddComponentParameter(3, nameof(ShareBar.Color), ColorOf(row) ?? "--al-accent");
            builder.CloseComponent();
            return;
        }

        if (column.Column.Kind == ReportColumnKind.Model)
        {
            builder.OpenComponent<ModelSwatch>(4);
            builder.AddComponentParameter(5, nameof(ModelSwatch.Color), row[column.Index] is string model ? Colors.GetValueOrDefault(model, "--al-other") : "--al-other");
            builder.CloseComponent();
        }

        var href = column.IsFirst ? _links.Row(row)
            : column.Column.Kind == ReportColumnKind.Session ? _links.Session(row)
            : column.IsCounted && row[column.Index] is not (null or 0L) ? _links.Cell(row, column.Column)
            : null;
        if (href is null)
        {
            builder.AddContent(6, text);
        }
        else
        {
            builder.OpenElement(7, "a");
            builder.AddAttribute(8, "href", href);
            builder.AddContent(9, text);
            builder.CloseElement();
        }

        if (column.IsFirst && _source is { } source && row[source] is "metrics")
        {
            AddBadge(builder);
        }
    };

    private static void AddBadge(RenderTreeBuilder builder)
    {
        builder.OpenElement(10, "span");
        builder.AddAttribute(11, "class", "badge");
        builder.AddAttribute(12, "title", "No call of these was reported; only the sender's metrics tell what they cost.");
        builder.AddContent(13, "from metrics");
        builder.CloseElement();
    }

    private string Total(ReportGridColumn column) => column switch
    {
        { IsFirst: true } => Table.Info.IsLargestOnly ? "In all" : $"All {Format.Count(Table.Rows.Count)}",
        { IsShare: true } => "",
        _ when !ReportText.IsNumber(column.Column.Kind) => "",
        { Before: { } before } => ReportText.Change(column.Column.Kind, Table.Total[column.Index], Table.Total[before] ?? Table.PreviousTotal?[column.Index]),
        _ => Text(column, Table.Total),
    };

    private string? ColorOf(IReadOnlyList<object?> row)
    {
        var column = _columns.FirstOrDefault(static column => column.Column.Kind == ReportColumnKind.Model);
        return column is null ? null : row[column.Index] is string model ? Colors.GetValueOrDefault(model, "--al-other") : "--al-other";
    }

    // Numbers largest first, names from A on; pressed again, the other way.
    private string SortHref(ReportGridColumn column)
    {
        var descending = column.Index == _rows.SortedBy ? !_rows.IsDescending : ReportText.IsNumber(column.Column.Kind);
        return Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            [PageParameter.Sort] = (descending ? "-" : "") + Table.Columns[column.Index].Name,
            [PageParameter.Page] = null,
        });
    }

    private string PageHref(int page) => PageHref(page == 1 ? null : page.ToString(CultureInfo.InvariantCulture));

    private string PageHref(string? page) => Navigation.GetUriWithQueryParameter(PageParameter.Page, page);
}
