using System.Globalization;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Queries;
using ActivityLog.Core.Reports;
using ActivityLog.Core.Sessions;
using ActivityLog.Core.Systems;
using ActivityLog.Web.Hosting;
using ActivityLog.Web.Live;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Systems;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ActivityLog.Web.Sessions;

/// <summary>One session, in time. While it runs it grows by itself.</summary>
public sealed partial class SessionPage : IAsyncDisposable
{
    private const string AllKinds = "all";
    private const string MessageParameter = "message";
    private const int ShortId = 8;

    private static readonly (string Key, string Name)[] s_kinds = [(AllKinds, "All"), ("calls", "Calls"), ("tools", "Tools"), ("errors", "Errors")];
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    // Claude Code tells of nothing while it waits for a person.
    private static readonly TimeSpan s_running = TimeSpan.FromMinutes(5);

    private readonly HashSet<int> _closed = [];
    private IReadOnlyList<MonitoredSystem> _systems = [];
    private IReadOnlyList<SessionView> _several = [];
    private IReadOnlyDictionary<string, string> _colors = new Dictionary<string, string>();
    private SessionView? _session;
    private SessionTimeline? _timeline;
    private TimelineTicks? _ticks;
    private IReadOnlyList<TimelineRow> _rows = [];
    private SessionState _state;
    private int _systemKey;
    private int _messages;
    private MessageView? _open;
    private IReadOnlyList<MessageView> _children = [];
    private IReadOnlyList<MessageView> _texts = [];
    private bool _isMissing;
    private string? _openFailure;
    private (string, Guid?)? _read;
    private (string, Guid?, string)? _inSight;
    private FeedWatch? _watch;
    private IJSObjectReference? _module;
    private IJSObjectReference? _keys;
    private DotNetObjectReference<SessionPage>? _self;
    private bool _disposed;

    /// <summary>The sender's id of the session.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The System that has it, where several do.</summary>
    [SupplyParameterFromQuery(Name = "systemId")]
    public Guid? SystemId { get; set; }

    /// <summary>The message that is open.</summary>
    [SupplyParameterFromQuery(Name = MessageParameter)]
    public Guid? Message { get; set; }

    /// <summary>Which rows are shown: <c>calls</c>, <c>tools</c>, <c>errors</c>; all where it isn't given.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    /// <summary>The zone that times are told in; the installation's where it isn't given.</summary>
    [SupplyParameterFromQuery(Name = "tz")]
    public string? ZoneName { get; set; }

    /// <summary>The sender's id of the prompt that is looked for.</summary>
    [SupplyParameterFromQuery(Name = "prompt")]
    public string? Prompt { get; set; }

    [Inject]
    private ISessionStore Sessions { get; set; } = default!;

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

    private TimeZoneInfo Zone => QueryTimes.TryFindZone(ZoneName ?? "") ?? Installation.Zone;

    private string SessionsHref => ZoneName is null ? "/sessions" : "/sessions" + QueryString.Create("tz", ZoneName);

    private string Short => Id.Length <= ShortId ? Id : Id[..ShortId];

    private string Kinds => s_kinds.Any(kind => kind.Key == Show) ? Show! : AllKinds;

    private bool IsRunning => _session?.EndedAt is { } end && Clock.GetUtcNow().UtcDateTime - end < s_running;

    private string Title
    {
        get
        {
            if (_session is not { StartedAt: { } start, EndedAt: { } end } session)
            {
                return "Session";
            }

            var (first, last) = (TimeZoneInfo.ConvertTimeFromUtc(start, Zone), TimeZoneInfo.ConvertTimeFromUtc(end, Zone));
            var until = last.Date == first.Date ? last.ToString("HH:mm", CultureInfo.InvariantCulture) : Format.Moment(end, Zone, start);
            var who = session.UserName is null ? "" : $"{PersonName.Show(session.UserName)}, ";
            return $"{who}{first.ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} – {until} {Format.Offset(end, Zone)}";
        }
    }

    private string Foot => _messages >= ISessionStore.MaxMessages
        ? $"{Format.Count(_rows.Count)} rows of the first {Format.Count(_messages)} messages: the session has more"
        : _rows.Count == 1 ? "1 row" : $"{Format.Count(_rows.Count)} rows";

    /// <summary>Closes the panel.</summary>
    [JSInvokable]
    public async Task Close()
    {
        if (Message is { } id)
        {
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(MessageParameter, (string?)null));
            await TellAsync("focusRow", id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
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
        if (RendererInfo.IsInteractive)
        {
            _watch = FeedWatch.Start(Feed, keys => _session is not null && keys.Contains(_systemKey), s_pause, () => InvokeAsync(LiveAsync), Logger, Clock);
        }
    }

    // What is open and which rows are shown stands in the address, too: the session is read again only when it is another.
    protected override async Task OnParametersSetAsync()
    {
        if (_read != (Id, SystemId))
        {
            _read = RendererInfo.IsInteractive ? (Id, SystemId) : null;
            _closed.Clear();
            await base.OnParametersSetAsync();
        }
        else
        {
            Choose();
        }

        if (RendererInfo.IsInteractive)
        {
            await OpenAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_self is null && _rows.Count > 0)
        {
            await WatchKeysAsync();
        }

        await BringPromptIntoSightAsync();
    }

    private async Task WatchKeysAsync()
    {
        _self = DotNetObjectReference.Create(this);
        try
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/treegrid.js");
            _keys = _disposed ? null : await _module.InvokeAsync<IJSObjectReference>("watch", _self);
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
        _systems = await Access.ListAsync(await PersonAsync(), cancellationToken);
        List<int> keys = [.. _systems.Where(system => SystemId is null || system.Id == SystemId).Select(static system => system.Key)];
        var found = await Sessions.FindAsync(Id, keys, cancellationToken);
        (_several, _session) = (found, found is [var only] ? only : null);
        if (_session is null)
        {
            return;
        }

        _systemKey = _systems.First(system => system.Id == _session.SystemId).Key;
        _state = await Sessions.GetStateAsync(_systemKey, Id, cancellationToken);
        var entries = (await Sessions.ListMessagesAsync(_systemKey, Id, SessionEntry.Of, cancellationToken))
            .Select(static one => one.Taken with { ParentId = one.ParentId }).ToList();
        _colors = await ModelColors.GetAsync(entries.Select(static entry => entry.Message.Model).OfType<string>().Distinct(), cancellationToken);
        (_timeline, _messages) = (SessionTimeline.Build(entries), entries.Count);
        _ticks = TimelineTicks.Of(_timeline.Scale);
        Choose();
    }

    // Once: afterwards the reader scrolls where they want, whatever comes in.
    private async Task BringPromptIntoSightAsync()
    {
        if (_keys is null || _rows.Count == 0 || Prompt is not { } prompt || _inSight == (Id, SystemId, prompt))
        {
            return;
        }

        _inSight = (Id, SystemId, prompt);
        if (_rows.ToList().FindIndex(row => row.PromptId == prompt) is >= 0 and var index)
        {
            await TellAsync("bringIntoSight", index);
        }
    }

    private async Task LiveAsync()
    {
        if (!IsLoaded || _session is null || await Sessions.GetStateAsync(_systemKey, Id, Closed) == _state)
        {
            return;
        }

        await LoadAsync(Closed);
        StateHasChanged();
    }

    private void Choose()
    {
        if (_timeline is null)
        {
            return;
        }

        var chosen = _timeline.Rows.Where(IsChosen).Select(static row => row.Prompt).ToHashSet();
        _rows =
        [
            .. _timeline.Rows.Where(row => row.Kind switch
            {
                TimelineKind.Silence => Kinds == AllKinds,
                TimelineKind.Prompt => Kinds == AllKinds || chosen.Contains(row.Prompt),
                _ => !_closed.Contains(row.Prompt) && IsChosen(row),
            }),
        ];
    }

    private bool IsChosen(TimelineRow row) => row.Kind is not (TimelineKind.Prompt or TimelineKind.Silence) && Kinds switch
    {
        "calls" => row.Kind == TimelineKind.Call,
        "tools" => row.Kind is TimelineKind.Tool or TimelineKind.Wait,
        "errors" => row.IsBad || row.Mark is not null,
        _ => true,
    };

    private void Choose(string kinds) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("show", kinds == AllKinds ? null : kinds));

    private void Toggle(int prompt)
    {
        if (!_closed.Remove(prompt))
        {
            _closed.Add(prompt);
        }

        Choose();
    }

    private void Open(Guid id) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(MessageParameter, id == Message ? null : id.ToString()));

    private async Task OpenAsync()
    {
        var id = Message;
        if (id is null || _session is null)
        {
            (_open, _isMissing, _openFailure) = (null, false, null);
            return;
        }

        try
        {
            var open = await Messages.GetAsync(id.Value, [_systemKey], Closed);
            var children = open is null ? null : await Messages.ListChildrenAsync(id.Value, [_systemKey], Closed);
            var related = open?.Type == MessageType.Generation ? await Messages.ListTraceAsync(id.Value, [_systemKey], Closed) : [];
            if (Message == id)
            {
                (_open, _isMissing, _openFailure) = (open, open is null, null);
                _children = children?.Items ?? [];
                // The timeline is beside it; of what belongs to the call only its texts are of use.
                _texts = [.. related.Where(static message => message.Type is MessageType.Prompt or MessageType.Response)];
            }
        }
        catch (Exception) when (Closed.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception exception)
        {
            (_open, _openFailure) = (null, Shared.FailureId.New());
            Logger.LogError(exception, "A message couldn't be read ({FailureId}).", _openFailure);
        }
    }

    private string SystemName(Guid id) => _systems.FirstOrDefault(system => system.Id == id)?.Name ?? "";

    private async Task TellAsync(string what, params object?[] arguments)
    {
        try
        {
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync(what, arguments);
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
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync("dispose");
                await _keys.DisposeAsync();
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
}
