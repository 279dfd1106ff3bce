using ActivityLog.Core.Reports;
using ActivityLog.Core.Systems;
using ActivityLog.Web.Hosting;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Components;

namespace ActivityLog.Web.Shared.Filters;

/// <summary>A page over a range of days, narrowed to Systems, people, models, services and metadata; all of it stands in the address.</summary>
public abstract class FilteredPage : DataPage
{
    private string? _read;

    /// <summary>One parameter of the address that the page takes as such: with it, each change of the address comes as a change of parameters.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    /// <summary>What the address says.</summary>
    protected PageFilters Filters { get; private set; } = default!;

    /// <summary>What the filters offer.</summary>
    protected FilterChoices Choices { get; private set; } = FilterChoices.None;

    /// <summary>Where the rows behind a number of this page are.</summary>
    protected Behind Behind { get; private set; } = default!;

    /// <summary>Today in the page's zone.</summary>
    protected DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(Clock.GetUtcNow().UtcDateTime, Filters.Zone));

    /// <summary>What else, beside the filters, decides what is read; a change of anything else in the address reads nothing again.</summary>
    protected virtual string Subject => "";

    [Inject]
    private SystemAccess Access { get; set; } = default!;

    [Inject]
    private InstallationZone Installation { get; set; } = default!;

    [Inject]
    private FilterChoicesReader ChoicesReader { get; set; } = default!;

    /// <summary>The parameters of the API that mean what this page shows.</summary>
    protected string ApiQuery() => QueryString.Create(Filters.Parameters()).Value!;

    /// <summary>This page's filters on another page of the same kind.</summary>
    protected string SameFilters(string path) => path + Filters.Query;

    protected override void OnParametersSet()
    {
        Filters = PageFilters.Read(Navigation.Uri, Installation.Zone, Clock.GetUtcNow().UtcDateTime);
        Behind = new Behind(Filters);
    }

    // The address and the page's own parameters come one after the other: what was read for both isn't read twice.
    protected override Task OnParametersSetAsync()
    {
        var asked = $"{Subject} {Filters.Period.First} {Filters.Period.Last} {Filters.Query}";
        if (asked == _read && FailureId is null)
        {
            OnAddressChanged();
            return Task.CompletedTask;
        }

        _read = RendererInfo.IsInteractive ? asked : null;
        return base.OnParametersSetAsync();
    }

    /// <summary>The address changed, but nothing that is read by it.</summary>
    protected virtual void OnAddressChanged()
    {
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync(ReportQuery query, CancellationToken cancellationToken);

    protected sealed override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var systems = await Access.ListAsync(await PersonAsync(), cancellationToken);
        var choices = ChoicesReader.ReadAsync(systems, Filters, cancellationToken);
        await Task.WhenAll(LoadAsync(Query(systems), cancellationToken), choices);
        Choices = await choices;
    }

    private ReportQuery Query(IReadOnlyList<MonitoredSystem> systems) => new()
    {
        SystemKeys = [.. systems.Where(system => Filters.Systems.Count == 0 || Filters.Systems.Contains(system.Id)).Select(static system => system.Key)],
        Users = OrNone(Filters.Users),
        Models = OrNone(Filters.Models),
        Services = OrNone(Filters.Services),
        Metadata = Filters.Metadata.GroupBy(static pair => pair.Key).ToDictionary(static group => group.Key, static group => OrNone(group.Select(static pair => pair.Value))),
        From = Filters.FromUtc,
        To = Filters.ToUtc,
        Zone = Filters.Zone,
    };

    // In an address, nothing stands for rows without one.
    private static IReadOnlyList<string?> OrNone(IEnumerable<string> values) => [.. values.Select(static value => value.Length == 0 ? null : value)];
}
