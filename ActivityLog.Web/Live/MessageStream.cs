using System.Collections.Concurrent;
using System.Security.Claims;
using System.Threading.Channels;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Web.Accounts;
using Microsoft.Extensions.Options;

namespace ActivityLog.Web.Live;

/// <summary>
/// Tells a script of the messages that come in, as server-sent events, until it goes, its access ends or the process does. An event <c>message</c> is one message;
/// <c>gap</c> tells that more came at once than could be followed; <c>end</c> is the last one and says why. A message whose other part comes later isn't told again.
/// </summary>
internal sealed class MessageStream(
    MessageFeed feed, IMessageTails tails, AccountCheck accounts, IHostApplicationLifetime process, IOptionsMonitor<LiveOptions> options, TimeProvider clock,
    ILogger<MessageStream> logger)
{
    // Least time between two looks.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);

    private TimeSpan Heartbeat => TimeSpan.FromSeconds(options.CurrentValue.HeartbeatSeconds);

    /// <summary>Runs until it ends.</summary>
    /// <param name="events">Where events go.</param>
    /// <param name="read">The query, within what the person may see at that moment.</param>
    /// <param name="person">Whose stream it is.</param>
    /// <param name="expiresAt">When their access ends by itself; null for never.</param>
    /// <param name="gone">The script is gone.</param>
    public async Task RunAsync(
        EventWriter events, Func<CancellationToken, Task<MessageQuery>> read, ClaimsPrincipal person, DateTimeOffset? expiresAt, CancellationToken gone)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(gone, process.ApplicationStopping);
        var changed = new ConcurrentDictionary<int, bool>();
        var signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = feed.Subscribe(systemKeys =>
        {
            foreach (var system in systemKeys)
            {
                changed[system] = true;
            }

            signal.Writer.TryWrite(true);
        });
        try
        {
            var query = await read(over.Token);
            var tail = await tails.OpenAsync(query.SystemKeys, over.Token);
            events.AddComment("following");
            var toldAt = clock.GetUtcNow();
            var checkAt = clock.GetUtcNow() + AccountsSetup.RevalidationInterval;
            while (await events.FlushAsync(over.Token))
            {
                var isSignalled = await WaitAsync(signal.Reader, Earlier(toldAt + Heartbeat, expiresAt), over.Token);
                if (clock.GetUtcNow() >= expiresAt)
                {
                    await EndAsync(events, "Your access has ended: sign in again, or send a new access token.", over.Token);
                    return;
                }

                if (clock.GetUtcNow() >= checkAt)
                {
                    if (!await IsStillAsync(person))
                    {
                        await EndAsync(events, "Your account has changed: sign in again.", over.Token);
                        return;
                    }

                    query = await read(over.Token);
                    checkAt = clock.GetUtcNow() + AccountsSetup.RevalidationInterval;
                }

                var isTold = isSignalled && await LookAsync(events, tail, query, changed, over.Token);
                if (isTold)
                {
                    toldAt = clock.GetUtcNow();
                }
                else if (clock.GetUtcNow() >= toldAt + Heartbeat)
                {
                    events.AddComment("still here");
                    toldAt = clock.GetUtcNow();
                }

                if (isSignalled)
                {
                    await events.FlushAsync(over.Token);
                    await Task.Delay(s_pause, clock, over.Token);
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Nobody listens any more, or the process stops: the connection's end says it.
        }
    }

    // Whether there was something to tell.
    private async Task<bool> LookAsync(
        EventWriter events, IMessageTail tail, MessageQuery query, ConcurrentDictionary<int, bool> changed, CancellationToken cancellationToken)
    {
        List<int> systems = [];
        foreach (var system in changed.Keys)
        {
            if (changed.TryRemove(system, out _))
            {
                systems.Add(system);
            }
        }

        try
        {
            var look = await tail.LookAsync(query, systems, cancellationToken);
            foreach (var message in look.Items)
            {
                events.Add("message", message.Id.ToString(), message);
            }

            if (look.HasGap)
            {
                events.Add("gap", null, new { detail = "More messages came than a stream can follow: some aren't told here. GET /api/v1/messages has all of them." });
            }

            return look.HasGap || look.Items.Count > 0;
        }
        catch (StoreUnavailableException exception)
        {
            logger.LogWarning(exception, "What came in couldn't be read for a stream; the next message tries again.");
            systems.ForEach(system => changed[system] = true);
            return false;
        }
    }

    // A database that doesn't answer says nothing about the person; the next time asks again.
    private async Task<bool> IsStillAsync(ClaimsPrincipal person)
    {
        try
        {
            return await accounts.IsStillAsync(person);
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "Whether a person may still read couldn't be asked; their stream goes on until it can.");
            return true;
        }
    }

    private static Task<bool> EndAsync(EventWriter events, string reason, CancellationToken cancellationToken)
    {
        events.Add("end", null, new { detail = reason });
        return events.FlushAsync(cancellationToken);
    }

    private TimeSpan Earlier(DateTimeOffset heartbeatAt, DateTimeOffset? expiresAt) =>
        (expiresAt < heartbeatAt ? expiresAt.Value : heartbeatAt) - clock.GetUtcNow();

    // Whether something came; not when only the time went by.
    private async Task<bool> WaitAsync(ChannelReader<bool> signal, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (longest <= TimeSpan.Zero)
        {
            return false;
        }

        using var time = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            return await signal.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
