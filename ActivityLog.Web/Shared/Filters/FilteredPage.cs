using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Web.Hosting;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Components;

namespace ActivityLog.Web.Shared.Filters;

/// <summary>A page over a range of days, narrowed to Systems, people and models; all of it stands in the address.</summary>
public abstract class FilteredPage : DataPage
{
    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "tz")]
    public string? TimeZone { get; set; }

    [SupplyParameterFromQuery(Name = "systemId")]
    public string[]? SystemIds { get; set; }

    [SupplyParameterFromQuery(Name = "user")]
    public string[]? Users { get; set; }

    [SupplyParameterFromQuery(Name = "model")]
    public string[]? Models { get; set; }

    /// <summary>What the address says.</summary>
    protected PageFilters Filters { get; private set; } = default!;

    /// <summary>What the filters offer.</summary>
    protected FilterChoices Choices { get; private set; } = FilterChoices.None;

    [Inject]
    private SystemAccess Access { get; set; } = default!;

    [Inject]
    private InstallationZone Installation { get; set; } = default!;

    [Inject]
    private FilterChoicesReader ChoicesReader { get; set; } = default!;

    /// <summary>The parameters of the API that mean what this page shows.</summary>
    protected string ApiQuery()
    {
        List<KeyValuePair<string, string?>> parameters =
        [
            new("from", Period.Write(Filters.Period.First)), new("to", Period.Write(Filters.Period.Last)), new("tz", Filters.Zone.Id),
            .. Filters.Systems.Select(static id => KeyValuePair.Create("systemId", (string?)id.ToString())),
            .. Filters.Users.Select(static user => KeyValuePair.Create("user", (string?)user)),
            .. Filters.Models.Select(static model => KeyValuePair.Create("model", (string?)model)),
        ];
        return QueryString.Create(parameters).Value!;
    }

    /// <summary>The calls of some days behind a number of this page, in the feed.</summary>
    protected string CallsHref(DateOnly? first = null, DateOnly? last = null, string? user = null, string? model = null)
    {
        List<KeyValuePair<string, string?>> parameters =
        [
            new("show", "generations"), new("from", Period.Write(first ?? Filters.Period.First)), new("to", Period.Write(last ?? first ?? Filters.Period.Last)), new("tz", Filters.Zone.Id),
            .. Filters.Systems.Select(static id => KeyValuePair.Create("systemId", (string?)id.ToString())),
            .. (user is null ? Filters.Users : [user]).Select(static one => KeyValuePair.Create("userName", (string?)one)),
            .. (model is null ? Filters.Models : [model]).Select(static one => KeyValuePair.Create("model", (string?)one)),
        ];
        return "/messages" + QueryString.Create(parameters);
    }

    /// <summary>This page's filters on another page of the same kind.</summary>
    protected string SameFilters(string path) => path + new Uri(Navigation.Uri).Query;

    protected override void OnParametersSet()
    {
        var zone = QueryTimes.TryFindZone(TimeZone ?? "") ?? Installation.Zone;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(Clock.GetUtcNow().UtcDateTime, zone));
        Filters = new PageFilters
        {
            Period = Period.Read(Range, From, To, today),
            Zone = zone,
            Systems = [.. (SystemIds ?? []).Select(static text => Guid.TryParse(text, out var id) ? id : Guid.Empty)],
            Users = Users ?? [],
            Models = Models ?? [],
        };
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync(ReportQuery query, CancellationToken cancellationToken);

    protected sealed override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var systems = await Access.ListAsync(await PersonAsync(), cancellationToken);
        var query = new ReportQuery
        {
            SystemKeys = [.. systems.Where(system => Filters.Systems.Count == 0 || Filters.Systems.Contains(system.Id)).Select(static system => system.Key)],
            Users = [.. Filters.Users.Select(static user => user.Length == 0 ? null : user)],
            Models = [.. Filters.Models.Select(static model => model.Length == 0 ? null : model)],
            From = Filters.FromUtc,
            To = Filters.ToUtc,
            Zone = Filters.Zone,
        };
        await LoadAsync(query, cancellationToken);
        Choices = await ChoicesReader.ReadAsync(systems, Filters, cancellationToken);
    }
}
