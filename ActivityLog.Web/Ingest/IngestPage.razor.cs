using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Ingest.Monitoring;
using ActivityLog.Ingest.Tokens;
using ActivityLog.Web.Shared;
using ActivityLog.Web.Tokens;
using Microsoft.AspNetCore.Components;

namespace ActivityLog.Web.Ingest;

/// <summary>How ingest goes on this node, every second, and what was refused on all of them. It is there while the database is away, too.</summary>
public sealed partial class IngestPage
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_reread = TimeSpan.FromSeconds(3);

    private IngestSnapshot? _now;
    private IReadOnlyList<IngestTrouble> _troubles = [];
    private IReadOnlyList<Refusal> _stored = [];
    private IReadOnlyList<Refusal> _refused = [];
    private Dictionary<int, TokenName> _names = [];
    private bool _isPartial;
    private bool _asTable;
    private DateTime _readAt;
    private ITimer? _timer;

    [Inject]
    private RefusalLog RefusalLog { get; set; } = default!;

    [Inject]
    private IRefusalStore Refusals { get; set; } = default!;

    [Inject]
    private ISystemStore Systems { get; set; } = default!;

    [Inject]
    private ITokenStore Tokens { get; set; } = default!;

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
            _timer = Clock.CreateTimer(_ => _ = LookAsync(), null, s_look, s_look);
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        // This is the page to look at while the database is away: what was last read and what isn't stored yet is shown.
        var now = Clock.GetUtcNow().UtcDateTime;
        var pending = RefusalLog.List();
        _isPartial = !Database.Answers || !await TryReadAsync(now, cancellationToken);
        _refused = Refusal.Sum(_stored.Concat(pending));
        _readAt = now;
        Look();
    }

    private static (string Figure, string? Unit) Parts(double? milliseconds) => milliseconds switch
    {
        null => (Format.Unknown, null),
        { } known => Format.Duration(known).Split(' ', 2) is [var figure, var unit] ? (figure, unit) : (Format.Duration(known), null),
    };

    private string SpoolText(IngestSnapshot now) => now.Spool switch
    {
        { IsOn: false } => Database.CanBeAway ? "turned off by an option" : "SQLite needs none",
        { CanTake: false, Requests: 0 } => "takes nothing now",
        { Requests: > 0 } spool => $"{Format.Count(spool.Requests)} requests{(spool.OldestAt is { } oldest ? $", oldest {Format.Ago(now.At - oldest)}" : "")}",
        { IsInUse: true } => "in use",
        var spool => $"room for {Format.Bytes(spool.MaxBytes)}",
    };

    private async Task<bool> TryReadAsync(DateTime now, CancellationToken cancellationToken)
    {
        try
        {
            _stored = await Refusals.ListAsync(now - RefusalReader.Shown, null, cancellationToken);
            _names = await NamesAsync(cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private async Task<Dictionary<int, TokenName>> NamesAsync(CancellationToken cancellationToken)
    {
        if (_stored.All(refusal => refusal.TokenKey is not { } key || _names.ContainsKey(key)))
        {
            return _names;
        }

        var systems = (await Systems.ListAsync(cancellationToken)).ToDictionary(static system => system.Key);
        return (await Tokens.ListAllAsync(cancellationToken)).Where(token => systems.ContainsKey(token.SystemKey))
            .ToDictionary(static token => token.Key, token => new TokenName(systems[token.SystemKey].Id, systems[token.SystemKey].Name, token.Name));
    }

    private void Look()
    {
        _now = Monitor.Read();
        _troubles = IngestTroubles.Of(_now, Database, Zone.Zone);
    }

    private Task LookAsync() => InvokeAsync(async () =>
    {
        if (!IsLoaded || IsReading || Closed.IsCancellationRequested)
        {
            return;
        }

        Look();
        StateHasChanged();
        if (_now!.At - _readAt >= s_reread)
        {
            await ReloadAsync();
            StateHasChanged();
        }
    });
}
