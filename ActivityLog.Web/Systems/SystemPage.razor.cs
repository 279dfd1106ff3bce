using ActivityLog.Core.Accounts;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Tokens;
using ActivityLog.Web.Hosting;
using ActivityLog.Web.Live;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Radzen;

namespace ActivityLog.Web.Systems;

/// <summary>A System: its tokens, and for a new one whether its first message has come.</summary>
public sealed partial class SystemPage : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    private MonitoredSystem? _system;
    private IReadOnlyList<IngestToken> _tokens = [];
    private CreatedToken? _created;
    private IngestToken? _watched;
    private MessageView? _first;
    private IReadOnlyList<Refusal> _refused = [];
    private IReadOnlyList<Refusal> _refusedSince = [];
    private IReadOnlyDictionary<int, TokenRate> _rates = new Dictionary<int, TokenRate>();
    private bool _canChange;
    private DateTime _now;
    private FeedWatch? _watch;
    private ITimer? _timer;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ISystemStore Systems { get; set; } = default!;

    [Inject]
    private ITokenStore Tokens { get; set; } = default!;

    [Inject]
    private RefusalReader Refusals { get; set; } = default!;

    [Inject]
    private ITokenUseStore Uses { get; set; } = default!;

    [Inject]
    private IOptionsMonitor<TokenLimitOptions> Limits { get; set; } = default!;

    [Inject]
    private FirstMessages FirstMessages { get; set; } = default!;

    [Inject]
    private SystemAccess Access { get; set; } = default!;

    [Inject]
    private InstallationZone Zone { get; set; } = default!;

    [Inject]
    private MessageFeed Feed { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    private string Host => Navigation.BaseUri.TrimEnd('/');

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }
    }

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            // The feed tells of messages at once; the clock of what only passes: how long ago, and the minute after which there is advice.
            _watch = FeedWatch.Start(Feed, Shows, TimeSpan.FromMilliseconds(500), RefreshAsync, Logger, Clock);
            _timer = Clock.CreateTimer(_ => _ = RefreshAsync(), null, s_look, s_look);
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var person = await PersonAsync();
        var system = await Access.GetAsync(person, Id, cancellationToken);
        IReadOnlyList<IngestToken> tokens = system is null ? [] : await Tokens.ListAsync(system.Key, cancellationToken);
        if (_system is not null && _system.Id != Id)
        {
            (_created, _first) = (null, null);
        }

        // Whose first message is waited for: the token made on this page, else the newest that was never used.
        var watched = _created is not null
            ? tokens.FirstOrDefault(token => token.Id == _created.Token.Id)
            : tokens is [{ LastUsedAt: null, RevokedAt: null } newest, ..] ? newest : null;
        if (system is not null && watched is { MessageCount: > 0 } && _first is null)
        {
            _first = await FirstMessages.FindAsync(system.Key, watched.Id, cancellationToken);
        }

        var isAdmin = person.IsInRole(Roles.Admin);
        var now = Clock.GetUtcNow().UtcDateTime;
        var hours = system is null ? null : (await Uses.ListAsync(system.Key, TokenRate.Since(now), cancellationToken)).ToLookup(static hour => hour.TokenKey);
        _rates = tokens.ToDictionary(static token => token.Key, token => TokenRate.Of(token, hours?[token.Key] ?? [], now));
        // Those of unknown tokens tell addresses of strangers, so to admins alone; a mistyped token is among what one looks for while waiting.
        IReadOnlyList<Refusal> refused = system is null ? []
            : isAdmin && watched is not null ? await Refusals.ListAsync(cancellationToken)
            : await Refusals.ListOfSystemAsync(system.Key, cancellationToken);
        _refused = [.. refused.Where(refusal => refusal.SystemKey == system?.Key)];
        _refusedSince = watched is null ? [] : [.. refused.Where(refusal => (refusal.SystemKey is null || refusal.SystemKey == system!.Key) && refusal.LastAt >= watched.CreatedAt)];
        (_system, _tokens, _watched, _canChange, _now) = (system, tokens, watched, isAdmin, now);
    }

    private bool Shows(IReadOnlyCollection<int> systemKeys) => _system is { } system && systemKeys.Contains(system.Key);

    private Task RefreshAsync() => InvokeAsync(async () =>
    {
        // A read that takes longer than the pause ends before the next one begins.
        if (IsLoaded && !IsReading && !Closed.IsCancellationRequested)
        {
            await ReloadAsync();
            StateHasChanged();
        }
    });

    private async Task NewTokenAsync()
    {
        var parameters = new Dictionary<string, object?>
        {
            [nameof(NewTokenDialog.SystemKey)] = _system!.Key,
            [nameof(NewTokenDialog.CreatedBy)] = (await PersonAsync()).Identity?.Name,
        };
        if (await Dialogs.ShowAsync<NewTokenDialog>("New Token", parameters) is CreatedToken created)
        {
            (_created, _first) = (created, null);
            await ReloadAsync();
        }
    }

    private async Task LimitAsync(IngestToken token)
    {
        if (await Dialogs.ShowAsync<TokenLimitsDialog>($"Limits of “{token.Name}”", new() { [nameof(TokenLimitsDialog.Token)] = token }) is not null)
        {
            await ReloadAsync();
        }
    }

    private async Task RevokeAsync(IngestToken token)
    {
        var text = $"What sends with it is refused from now on, on every node. Its {Format.Count(token.MessageCount)} messages stay. This can't be undone.";
        if (await Dialogs.ConfirmAsync($"Revoke “{token.Name}”?", text, "Revoke"))
        {
            await Tokens.RevokeAsync(token.SystemKey, token.Id, CancellationToken.None);
            if (_created?.Token.Id == token.Id)
            {
                _created = null;
            }

            await ReloadAsync();
        }
    }

    private async Task EditAsync()
    {
        if (await Dialogs.ShowAsync<SystemDialog>("Edit System", new() { [nameof(SystemDialog.System)] = _system }) is not null)
        {
            await ReloadAsync();
        }
    }

    private async Task DeleteAsync()
    {
        const string Text = "Its tokens are refused from now on, and its messages, with what they cost, are in no report any more. This can't be undone.";
        if (await Dialogs.ConfirmAsync($"Delete “{_system!.Name}”?", Text, "Delete System"))
        {
            await Systems.DeleteAsync(Id, CancellationToken.None);
            Navigation.NavigateTo("/systems");
        }
    }
}
