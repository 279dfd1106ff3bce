using System.Security.Claims;
using ActivityLog.Core.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace ActivityLog.Web.Shared;

/// <summary>
/// A page that reads before it shows: loading, failed, or shown. It reads once its circuit is there (what is rendered before is the frame), and
/// again whenever its parameters change; the read before is then given up.
/// </summary>
public abstract class DataPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private CancellationTokenSource? _reading;

    protected DataPage() => Closed = _closed.Token;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>Whether it was read at least once.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>The id under which the log tells why the last read failed; null when it didn't.</summary>
    protected string? FailureId { get; private set; }

    /// <summary>Why it failed, where that is known and worth saying.</summary>
    protected string? FailureReason { get; private set; }

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Closed { get; }

    /// <summary>Whether a read is under way.</summary>
    protected bool IsReading => _reading is not null;

    /// <summary>Where the page logs.</summary>
    protected ILogger Logger => Loggers.CreateLogger(GetType());

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Who looks.</summary>
    protected async Task<ClaimsPrincipal> PersonAsync() => (await Authentication).User;

    /// <summary>Reads (again).</summary>
    protected async Task ReloadAsync()
    {
        if (Closed.IsCancellationRequested)
        {
            return;
        }

        _reading?.Cancel();
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(Closed);
        _reading = reading;
        try
        {
            await LoadAsync(reading.Token);
            (IsLoaded, FailureId, FailureReason) = (true, null, null);
        }
        catch (Exception) when (reading.IsCancellationRequested)
        {
            // Given up for a newer read, or the page is gone; an engine may say so in its own words.
        }
        catch (Exception exception)
        {
            FailureId = Shared.FailureId.New();
            FailureReason = exception is StoreUnavailableException ? "The database didn't answer." : null;
            Logger.LogError(exception, "A page couldn't be read ({FailureId}).", FailureId);
        }
        finally
        {
            if (_reading == reading)
            {
                _reading = null;
            }
        }
    }

    protected override Task OnParametersSetAsync() => RendererInfo.IsInteractive ? ReloadAsync() : Task.CompletedTask;

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !Closed.IsCancellationRequested)
        {
            _closed.Cancel();
            _closed.Dispose();
        }
    }
}
