using System.Threading.Channels;
using ActivityLog.Core.Messages;
using ActivityLog.Core.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>
/// Tells the other nodes which Systems have new messages: after the commit, at most five times a second, what comes meanwhile together. (NOTIFY within the commit
/// would make all commits of the database wait for one another.)
/// </summary>
internal sealed class PostgresTeller(PostgresNews news, MessageFeed feed, TimeProvider clock, ILogger<PostgresTeller> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<int> _systemKeys = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = feed.SubscribeOwn(Remember);
        while (await _changed.Reader.WaitToReadAsync(stoppingToken))
        {
            _changed.Reader.TryRead(out _);
            var keys = Take();
            try
            {
                await news.TellMessagesAsync(keys, stoppingToken);
                await Task.Delay(s_pause, clock, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogDebug(exception, "Other nodes can't be told of new messages now");
                Remember(keys);
                await Task.Delay(s_afterFailure, clock, stoppingToken);
            }
        }
    }

    private void Remember(IReadOnlyCollection<int> systemKeys)
    {
        lock (_systemKeys)
        {
            _systemKeys.UnionWith(systemKeys);
        }

        _changed.Writer.TryWrite(true);
    }

    private List<int> Take()
    {
        lock (_systemKeys)
        {
            List<int> keys = [.. _systemKeys.Take(NewsText.MaxSystems)];
            _systemKeys.ExceptWith(keys);
            if (_systemKeys.Count > 0)
            {
                _changed.Writer.TryWrite(true);
            }

            return keys;
        }
    }
}
