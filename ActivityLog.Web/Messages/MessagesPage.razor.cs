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

    private string Waiting => _waiting >= PageSize ? $"{PageSize}+" : $"{_waiting}";

    /// <summary>The reader came to the top, or left it.</summary>
    [JSInvokable]
    public async Task AtTop(bool isAtTop)
    {
        _isAtTop = isAtTop;
        if (isAtTop && _waiting > 0)
        {
            await RefreshAsync();
            StateHasChanged();
        }
    }

    /// <summary>The end of the list came into sight: older rows are read.</summary>
    [JSInvokable]
    public async Task EndSeen()
    {
        if (_isReadingOlder || _query is null || _feed.Older is not { } cursor)
        {
            return;
        }

        _isReadingOlder = true;
        try
        {
            var page = await Messages.ListAsync(_query with { Cursor = MessageCursor.TryParse(cursor) }, Closed);
            // The filters may have changed meanwhile; what was read is then of another list.
            if (_feed.Older == cursor)
            {
                _feed.AddOlder(page);
                await AddColorsAsync(page.Items, Closed);
            }
        }
        finally
        {
            _isReadingOlder = false;
        }

        StateHasChanged();
        if (_sight is not null)
        {
            await _sight.InvokeVoidAsync("again");
        }
    }

    /// <summary>Closes the panel.</summary>
    [JSInvokable]
    public async Task Close()
    {
        if (_open is { } open)
        {
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(FeedAddress.OpenParameter, (string?)null));
            if (_sight is not null)
            {
                await _sight.InvokeVoidAsync("focusRow", open.Message.Id);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

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

        _self?.Dispose();
        Dispose();
    }

    protected override void OnInitialized()
    {
        _address = FeedAddress.Read(Navigation.Uri);
        Navigation.LocationChanged += OnLocationChanged;
        if (RendererInfo.IsInteractive)
        {
            _watch = FeedWatch.Start(Feed, s_pause, () => InvokeAsync(LiveAsync), Logger, Clock);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/feed.js");
            _sight = await _module.InvokeAsync<IJSObjectReference>("watch", _top, _end, _self);
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var person = await PersonAsync();
        _systems = await Access.ListAsync(person, cancellationToken);
        var scope = await Access.ScopeAsync(person, cancellationToken);
        (_query, _error) = _address.ToQuery(scope, PageSize);
        if (_query is null)
        {
            _feed.Reset(new MessagePage([], null));
        }
        else
        {
            var page = await Messages.ListAsync(_query, cancellationToken);
            await AddColorsAsync(page.Items, cancellationToken);
            _feed.Reset(page);
            _hasHidden = page.Items.Count == 0 && !_address.IsNarrowed
                && (await Messages.ListAsync(new MessageQuery { SystemKeys = _query.SystemKeys, Take = 1 }, cancellationToken)).Items.Count > 0;
        }

        (_waiting, _added) = (0, []);
        await OpenAsync(cancellationToken);
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_address.Open is not { } id)
        {
            _open = null;
            return;
        }

        IReadOnlyCollection<int> keys = [.. _systems.Select(static system => system.Key)];
        if (await Messages.GetAsync(id, keys, cancellationToken) is not { } message)
        {
            _open = null;
            return;
        }

        var children = await Messages.ListChildrenAsync(id, keys, cancellationToken);
        var related = await Messages.ListTraceAsync(id, keys, cancellationToken);
        await AddColorsAsync([message, .. related], cancellationToken);
        _open = new Opened(message, children?.Items ?? [], related);
    }

    // Something came. The reader sees it at once, or how many wait.
    private async Task LiveAsync()
    {
        if (!IsLoaded || _query is null || _isPaused)
        {
            return;
        }

        if (_isAtTop)
        {
            await RefreshAsync();
        }
        else
        {
            _waiting = _feed.New(await Messages.ListAsync(_query, Closed)).Count;
        }

        StateHasChanged();
    }

    private async Task RefreshAsync()
    {
        var page = await Messages.ListAsync(_query!, Closed);
        await AddColorsAsync(page.Items, Closed);
        var added = _feed.Merge(page);
        _added = added.Count > 0 ? added : _added;
        _waiting = 0;
    }

    private async Task ShowNewAsync()
    {
        await RefreshAsync();
        if (_sight is not null)
        {
            await _sight.InvokeVoidAsync("toTop");
        }
    }

    private async Task PauseAsync()
    {
        _isPaused = !_isPaused;
        if (!_isPaused && _query is not null)
        {
            await RefreshAsync();
        }
    }

    private void Open(Guid id) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(FeedAddress.OpenParameter, id == _open?.Message.Id ? null : id.ToString()));

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
        if (!new Uri(args.Location).AbsolutePath.Equals("/messages", StringComparison.Ordinal))
        {
            return;
        }

        var before = _address;
        _address = FeedAddress.Read(args.Location);
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
    });

    private sealed record Opened(MessageView Message, IReadOnlyList<MessageView> Children, IReadOnlyList<MessageView> Related);
}
