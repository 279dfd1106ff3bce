using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Systems;
using ActivityLog.Web.Hosting;
using ActivityLog.Web.Live;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace ActivityLog.Web.Messages;

/// <summary>The live feed, with one message open beside it. What is shown stands in the address.</summary>
public sealed partial class MessagesPage : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);

    private FeedAddress _address = FeedAddress.Read("http://localhost/messages");
    private QueryError? _error;
    private IReadOnlyList<MonitoredSystem> _systems = [];
    private SeenColors _colors = default!;
    private LiveFeed _feed = default!;
    private OpenMessage _open = default!;
    private FeedSight _sight = default!;
    private FeedWatch? _watch;
    private DotNetObjectReference<MessagesPage>? _self;
    private ElementReference _top;
    private ElementReference _end;
    private bool _disposed;

    [Inject]
    private IMessageStore Messages { get; set; } = default!;

    [Inject]
    private IModelColors ModelColors { get; set; } = default!;

    [Inject]
    private SystemAccess Access { get; set; } = default!;

    [Inject]
    private InstallationZone Installation { get; set; } = default!;

    [Inject]
    private MessageFeed Feed { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    private TimeZoneInfo Zone => _feed.Query?.Zone ?? Installation.Zone;

    private string Waiting => _feed.Waiting >= LiveFeed.PageSize ? $"{LiveFeed.PageSize}+" : $"{_feed.Waiting}";

    /// <summary>The reader came to the top, or left it.</summary>
    [JSInvokable]
    public async Task AtTop(bool isAtTop)
    {
        _feed.IsAtTop = isAtTop;
        if (isAtTop && _feed.Waiting > 0 && !_feed.IsPaused)
        {
            await RefreshOrReloadAsync();
            StateHasChanged();
        }
    }

    /// <summary>The end of the list came into sight: older rows are read.</summary>
    [JSInvokable]
    public async Task EndSeen()
    {
        if (!await _feed.ReadOlderAsync(Closed))
        {
            return;
        }

        StateHasChanged();
        // After a failure it is the reader who tries again.
        if (_feed.OlderFailureId is null)
        {
            await _sight.LookAgainAsync();
        }
    }

    /// <summary>Closes the panel.</summary>
    [JSInvokable]
    public async Task Close()
    {
        if (_address.Open is { } id)
        {
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(FeedAddress.OpenParameter, (string?)null));
            await _sight.FocusRowAsync(id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        Navigation.LocationChanged -= OnLocationChanged;
        Dispose();
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

        await _sight.DisposeAsync();
        _self?.Dispose();
    }

    protected override void OnInitialized()
    {
        _address = FeedAddress.Read(Navigation.Uri);
        _colors = new SeenColors(ModelColors);
        _feed = new LiveFeed(Messages, _colors, Logger);
        _open = new OpenMessage(Messages, _colors, Logger);
        _sight = new FeedSight(Js);
        Navigation.LocationChanged += OnLocationChanged;
        if (RendererInfo.IsInteractive)
        {
            _watch = FeedWatch.Start(Feed, Shows, s_pause, () => InvokeAsync(LookAsync), Logger, Clock);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && !_disposed)
        {
            _self = DotNetObjectReference.Create(this);
            await _sight.WatchAsync(_top, _end, _self);
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var person = await PersonAsync();
        _systems = await Access.ListAsync(person, cancellationToken);
        var (query, error) = _address.ToQuery(await Access.ScopeAsync(person, cancellationToken), LiveFeed.PageSize);
        await _feed.StartAsync(query, _address.IsNarrowed, cancellationToken);
        _error = error;
        await OpenAsync(cancellationToken);
    }

    private Task OpenAsync(CancellationToken cancellationToken) => _open.ReadAsync(_address.Open, [.. _systems.Select(static system => system.Key)], cancellationToken);

    private Task OpenAgainAsync() => OpenAsync(Closed);

    private bool Shows(IReadOnlyCollection<int> systemKeys) => _feed.Query is { } query && query.SystemKeys.Any(systemKeys.Contains);

    private async Task LookAsync()
    {
        if (IsLoaded && await _feed.LookAsync(Closed))
        {
            StateHasChanged();
        }
    }

    // The reader asked for it: where it fails, the list is read anew, and what fails then is told in its place.
    private async Task RefreshOrReloadAsync()
    {
        try
        {
            await _feed.RefreshAsync(Closed);
        }
        catch (Exception) when (Closed.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception exception)
        {
            Logger.LogWarning(exception, "The feed couldn't be refreshed; it is read anew.");
            await ReloadAsync();
        }
    }

    private async Task ShowNewAsync()
    {
        await RefreshOrReloadAsync();
        await _sight.GoToTopAsync();
    }

    private async Task PauseAsync()
    {
        _feed.IsPaused = !_feed.IsPaused;
        if (!_feed.IsPaused)
        {
            await RefreshOrReloadAsync();
        }
    }

    private void Open(Guid id) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(FeedAddress.OpenParameter, id == _address.Open ? null : id.ToString()));

    private string SystemName(MessageView message) => _systems.FirstOrDefault(system => system.Id == message.SystemId)?.Name ?? "";

    // Opening a message changes the address alone; the list is read again only when what it shows changes.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        try
        {
            await GoAsync(args.Location);
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private async Task GoAsync(string location)
    {
        if (_disposed || !new Uri(location).AbsolutePath.Equals("/messages", StringComparison.Ordinal))
        {
            return;
        }

        var before = _address;
        _address = FeedAddress.Read(location);
        if (before with { Open = null, Groups = [], Filters = [] } == _address with { Open = null, Groups = [], Filters = [] }
            && before.Groups.SequenceEqual(_address.Groups) && before.Filters.SequenceEqual(_address.Filters))
        {
            await OpenAsync(Closed);
        }
        else
        {
            await ReloadAsync();
        }

        StateHasChanged();
    }
}
