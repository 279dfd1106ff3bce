using System.Threading.Channels;
using ActivityLog.Core.Messages;

namespace ActivityLog.Web.Live;

/// <summary>
/// Tells a component that messages of its Systems came, a few times a second at most: what comes meanwhile is one call. Until it is disposed.
/// </summary>
internal sealed class FeedWatch : IAsyncDisposable
{
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly IDisposable _subscription;
    private readonly Task _loop;

    private FeedWatch(MessageFeed feed, Func<IReadOnlyCollection<int>, bool> shows, TimeSpan pause, Func<Task> refresh, ILogger logger, TimeProvider clock)
    {
        _subscription = feed.Subscribe(systemKeys =>
        {
            if (shows(systemKeys))
            {
                _changed.Writer.TryWrite(true);
            }
        });
        _loop = RunAsync(pause, refresh, logger, clock);
    }

    /// <summary>Starts to watch.</summary>
    /// <param name="feed">What tells of messages.</param>
    /// <param name="shows">Whether the component shows one of these Systems, by their numbers. Called from any thread; must return at once and not throw.</param>
    /// <param name="pause">Least time between two calls.</param>
    /// <param name="refresh">Reads and shows anew; what it throws is logged, and the next change calls it again.</param>
    /// <param name="logger">Where failures go.</param>
    /// <param name="clock">Measures the pause.</param>
    public static FeedWatch Start(
        MessageFeed feed, Func<IReadOnlyCollection<int>, bool> shows, TimeSpan pause, Func<Task> refresh, ILogger logger, TimeProvider clock) =>
        new(feed, shows, pause, refresh, logger, clock);

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(TimeSpan pause, Func<Task> refresh, ILogger logger, TimeProvider clock)
    {
        try
        {
            while (await _changed.Reader.WaitToReadAsync(_stop.Token))
            {
                _changed.Reader.TryRead(out _);
                try
                {
                    await refresh();
                }
                catch (Exception exception) when (!_stop.IsCancellationRequested)
                {
                    logger.LogWarning(exception, "A live page couldn't be refreshed; the next message tries again.");
                }

                await Task.Delay(pause, clock, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
    }
}
