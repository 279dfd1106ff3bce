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

/// <summary>
/// The live feed. New rows come in by themselves while the reader is at the top and hasn't paused; else they are counted behind a button, so that
/// nothing moves under the reader.
/// </summary>
public sealed partial class MessagesPage : IAsyncDisposable
{
    private const int PageSize = 100;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);

    private readonly FeedList _feed = new();
    private FeedAddress _address = FeedAddress.Read("http://localhost/messages");
    private MessageQuery? _query;
    private QueryError? _error;
    private IReadOnlyList<MonitoredSystem> _systems = [];
    private IReadOnlyDictionary<string, string> _colors = new Dictionary<string, string>();
    private IReadOnlyCollection<Guid> _added = [];
    private Opened? _open;
    private bool _isMissing;
    private string? _openFailure;
    private string? _olderFailure;
    private bool _hasHidden;
    private bool _isPaused;
    private bool _isAtTop = true;
    private bool _isReadingOlder;
    private int _waiting;
    private ElementReference _top;
    private ElementReference _end;
    private FeedWatch? _watch;
    private IJSObjectReference? _module;
    private IJSObjectReference? _sight;
    private DotNetObjectReference<MessagesPage>? _self;
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

    private TimeZoneInfo Zone => _query?.Zone ?? Installation.Zone;

    private bool HasPanel => _open is not null || _isMissing || _openFailure is not null;

    private string Waiting => _waiting >= PageSize ? $"{PageSize}+" : $"{_waiting}";

    /// <summary>The reader came to the top, or left it.</summary>
    [JSInvokable]
    public async Task AtTop(bool isAtTop)
    {
        _isAtTop = isAtTop;
        if (isAtTop && _waiting > 0 && !_isPaused)
        {
            await RefreshOrReloadAsync();
            StateHasChanged();
        }
    }

    /// <summary>The end of the list came into sight: older rows are read.</summary>
    [JSInvokable]
    public async Task EndSeen()
    {
        if (_isReadingOlder || _query is not { } query || _feed.Older is not { } cursor)
        {
            return;
        }

        (_isReadingOlder, _olderFailure) = (true, null);
        try
        {
            var page = await Messages.ListAsync(query with { Cursor = MessageCursor.TryParse(cursor) }, Closed);
            await AddColorsAsync(page.Items, Closed);
            // The filters may have changed meanwhile; what was read is then of another list.
            if (ReferenceEquals(_query, query) && _feed.Older == cursor)
            {
                _feed.AddOlder(page);
            }
        }
        catch (Exception) when (Closed.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            _olderFailure = Shared.FailureId.New();
            Logger.LogError(exception, "Older messages couldn't be read ({FailureId}).", _olderFailure);
        }
        finally
        {
            _isReadingOlder = false;
        }

        StateHasChanged();
        // After a failure it is the reader who tries again.
        if (_olderFailure is null)
        {
            await TellAsync("again");
        }
    }

    /// <summary>Closes the panel.</summary>
    [JSInvokable]
    public async Task Close()
    {
        if (_address.Open is { } id)
        {
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(FeedAddress.OpenParameter, (string?)null));
            await TellAsync("focusRow", id);
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

        await ReleaseAsync();
        _self?.Dispose();
    }

    protected override void OnInitialized()
    {
        _address = FeedAddress.Read(Navigation.Uri);
        Navigation.LocationChanged += OnLocationChanged;
        if (RendererInfo.IsInteractive)
        {
            _watch = FeedWatch.Start(Feed, Shows, s_pause, () => InvokeAsync(LiveAsync), Logger, Clock);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/feed.js");
            if (!_disposed)
            {
                _self = DotNetObjectReference.Create(this);
                _sight = await _module.InvokeAsync<IJSObjectReference>("watch", _top, _end, _self);
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException || _disposed)
        {
            // The circuit ended, or the page was left, while it began: nobody looks any more.
        }

        if (_disposed)
        {
            await ReleaseAsync();
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var person = await PersonAsync();
        _systems = await Access.ListAsync(person, cancellationToken);
        var scope = await Access.ScopeAsync(person, cancellationToken);
        var (query, error) = _address.ToQuery(scope, PageSize);
        var page = new MessagePage([], null);
        var hasHidden = false;
        if (query is not null)
        {
            page = await Messages.ListAsync(query, cancellationToken);
            await AddColorsAsync(page.Items, cancellationToken);
            hasHidden = page.Items.Count == 0 && !_address.IsNarrowed
                && (await Messages.ListAsync(new MessageQuery { SystemKeys = query.SystemKeys, Take = 1 }, cancellationToken)).Items.Count > 0;
        }

        // Query and rows change together: what is read with another query is never mixed in.
        (_query, _error, _hasHidden, _olderFailure) = (query, error, hasHidden, null);
        _feed.Reset(page);
        (_waiting, _added) = (0, []);
        await OpenAsync(cancellationToken);
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var id = _address.Open;
        Opened? open = null;
        string? failure = null;
        try
        {
            open = id is null ? null : await ReadAsync(id.Value, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            failure = Shared.FailureId.New();
            Logger.LogError(exception, "A message couldn't be read ({FailureId}).", failure);
        }

        // Another may have been asked for meanwhile.
        if (_address.Open == id)
        {
            (_open, _openFailure, _isMissing) = (open, failure, id is not null && open is null && failure is null);
        }
    }

    private async Task<Opened?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<int> keys = [.. _systems.Select(static system => system.Key)];
        if (await Messages.GetAsync(id, keys, cancellationToken) is not { } message)
        {
            return null;
        }

        var children = await Messages.ListChildrenAsync(id, keys, cancellationToken);
        var related = await Messages.ListTraceAsync(id, keys, cancellationToken);
        await AddColorsAsync([message, .. related], cancellationToken);
        return new Opened(message, children?.Items ?? [], related);
    }

    private bool Shows(IReadOnlyCollection<int> systemKeys) => _query is { } query && query.SystemKeys.Any(systemKeys.Contains);

    // Something came. The reader sees it at once, or how many wait.
    private async Task LiveAsync()
    {
        if (!IsLoaded || _query is not { } query || _isPaused)
        {
            return;
        }

        if (_isAtTop)
        {
            await RefreshAsync();
        }
        else
        {
            var page = await Messages.ListAsync(query, Closed);
            _waiting = ReferenceEquals(_query, query) ? _feed.New(page).Count : _waiting;
        }

        StateHasChanged();
    }

    private async Task RefreshAsync()
    {
        if (_query is not { } query)
        {
            return;
        }

        var page = await Messages.ListAsync(query, Closed);
        await AddColorsAsync(page.Items, Closed);
        if (!ReferenceEquals(_query, query))
        {
            return;
        }

        var added = _feed.Merge(page);
        _added = added.Count > 0 ? added : _added;
        _waiting = 0;
        if (_isAtTop)
        {
            _feed.Trim();
        }
    }

    // The reader asked for it: where it fails, the list is read anew, and what fails then is told in its place.
    private async Task RefreshOrReloadAsync()
    {
        try
        {
            await RefreshAsync();
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
        await TellAsync("toTop");
    }

    private async Task PauseAsync()
    {
        _isPaused = !_isPaused;
        if (!_isPaused)
        {
            await RefreshOrReloadAsync();
        }
    }

    private async Task TellAsync(string what, params object?[] arguments)
    {
        try
        {
            if (_sight is not null)
            {
                await _sight.InvokeVoidAsync(what, arguments);
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException || _disposed)
        {
            // Nobody looks any more.
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            if (_sight is not null)
            {
                await _sight.InvokeVoidAsync("dispose");
                await _sight.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The circuit is gone, and what it watched with it.
        }
    }

    private void Open(Guid id) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(FeedAddress.OpenParameter, id == _address.Open ? null : id.ToString()));

    private async Task AddColorsAsync(IReadOnlyList<MessageView> messages, CancellationToken cancellationToken)
    {
        var models = messages.Select(static message => message.Model).OfType<string>().Distinct().Where(model => !_colors.ContainsKey(model)).ToList();
        if (models.Count > 0)
        {
            _colors = await ModelColors.GetAsync(models.Concat(_colors.Keys), cancellationToken);
        }
    }

    private string ColorOf(MessageView message) => message.Model is { } model && _colors.TryGetValue(model, out var color) ? color : "--al-other";

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

    private Task OpenAgainAsync() => OpenAsync(Closed);

    private sealed record Opened(MessageView Message, IReadOnlyList<MessageView> Children, IReadOnlyList<MessageView> Related);
}
