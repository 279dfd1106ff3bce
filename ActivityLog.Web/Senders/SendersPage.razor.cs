using ActivityLog.Core.Senders;
using ActivityLog.Core.Systems;
using Microsoft.AspNetCore.Components;

namespace ActivityLog.Web.Senders;

/// <summary>Who sends, what arrives of each, and what is missing. It looks every few seconds.</summary>
public sealed partial class SendersPage
{
    private const int MaxShown = 200;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(3);

    private IReadOnlyList<MonitoredSystem> _systems = [];
    private IReadOnlyList<SenderSeen> _seen = [];
    private IReadOnlyList<SenderRow> _shown = [];
    private int _incomplete;
    private int _hidden;
    private DateTime _now;
    private ITimer? _timer;

    /// <summary>Whose senders; all Systems' where it is null.</summary>
    [SupplyParameterFromQuery(Name = "system")]
    public Guid? SystemId { get; set; }

    /// <summary>Only those of which something is missing.</summary>
    [SupplyParameterFromQuery(Name = "incomplete")]
    public bool OnlyIncomplete { get; set; }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
    }

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _timer = Clock.CreateTimer(_ => _ = RefreshAsync(), null, s_look, s_look);
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var systems = await Access.ListAsync(await PersonAsync(), cancellationToken);
        var keys = systems.Where(system => SystemId is null || system.Id == SystemId).Select(static system => system.Key).ToList();
        var seen = await Senders.ListAsync(keys, cancellationToken);
        var now = Clock.GetUtcNow().UtcDateTime;
        List<SenderRow> rows = [.. seen.Select(one => new SenderRow(one, SenderGaps.Of(one.Sender, now)))];
        var incomplete = rows.Where(static row => row.IsIncomplete).ToList();
        var chosen = OnlyIncomplete && incomplete.Count > 0 ? incomplete : rows;
        (_systems, _seen, _now, _incomplete) = (systems, seen, now, incomplete.Count);
        (_shown, _hidden) = ([.. chosen.Take(MaxShown)], Math.Max(0, chosen.Count - MaxShown));
    }

    private Task RefreshAsync() => InvokeAsync(async () =>
    {
        // A read that takes longer than the pause ends before the next one begins.
        if (IsLoaded && !IsReading && !Closed.IsCancellationRequested)
        {
            await ReloadAsync();
            StateHasChanged();
        }
    });

    private void ChooseSystem(ChangeEventArgs args) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("system", Guid.TryParse(args.Value as string, out var id) ? id : (Guid?)null));

    private void ToggleIncomplete() =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("incomplete", OnlyIncomplete ? null : (bool?)true));
}
