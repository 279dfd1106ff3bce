using ActivityLog.Core.Accounts;
using ActivityLog.Core.Summaries;
using Microsoft.AspNetCore.Components;

namespace ActivityLog.Web.Settings;

/// <summary>What admins choose for the installation: the zone of days, the pinned keys, who is who.</summary>
public sealed partial class SettingsPage
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);
    private bool _isAdmin;
    private SummaryChoices? _choices;
    private SummaryState? _state;
    private ITimer? _timer;

    [Inject]
    private ISummaryChoices Choices { get; set; } = default!;

    [Inject]
    private ISummaryState States { get; set; } = default!;

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
            _timer = Clock.CreateTimer(_ => _ = FollowAsync(), null, s_look, s_look);
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _isAdmin = (await PersonAsync()).IsInRole(Roles.Admin);
        if (_isAdmin)
        {
            var choices = await Choices.GetAsync(cancellationToken);
            (_choices, _state) = (choices, await States.ReadAsync(cancellationToken));
        }
    }

    // While something is summed up anew, the page says how far it is.
    private Task FollowAsync() => InvokeAsync(async () =>
    {
        if (_state is { Progress: < 1 } && !IsReading && !Closed.IsCancellationRequested)
        {
            await ReloadAsync();
            StateHasChanged();
        }
    });
}
