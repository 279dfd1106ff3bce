using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ActivityLog.Web.Messages;

/// <summary>What of the feed is in the reader's sight: js/feed.js tells the page when they come to the top or the end. A circuit that is lost meanwhile is no error.</summary>
internal sealed class FeedSight(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _sight;
    private bool _disposed;

    /// <summary>Begins to watch.</summary>
    /// <param name="top">Above the first row.</param>
    /// <param name="end">Below the last.</param>
    /// <param name="page">Who is told.</param>
    public async Task WatchAsync<T>(ElementReference top, ElementReference end, DotNetObjectReference<T> page)
        where T : class
    {
        try
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", "./js/feed.js");
            if (!_disposed)
            {
                _sight = await _module.InvokeAsync<IJSObjectReference>("watch", top, end, page);
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

    /// <summary>The end may still be in sight: tell again.</summary>
    public Task LookAgainAsync() => TellAsync("again");

    /// <summary>Scrolls to the top.</summary>
    public Task GoToTopAsync() => TellAsync("toTop");

    /// <summary>Gives the focus back to the row of a message.</summary>
    public Task FocusRowAsync(Guid id) => TellAsync("focusRow", id);

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return ReleaseAsync();
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

    private async ValueTask ReleaseAsync()
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
}
