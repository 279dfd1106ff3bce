using ActivityLog.Core.Messages;
using ActivityLog.Core.Nodes;
using ActivityLog.Core.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>Hears what other nodes tell, on a connection of its own, for as long as the database can be reached.</summary>
internal sealed class PostgresListener(
    string connectionString, PostgresNews news, Listening listening, TokenCache tokens, MessageFeed feed, TimeProvider clock, ILogger<PostgresListener> logger)
    : BackgroundService
{
    // The connection is asked so often whether it lives.
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(15);

    private readonly string _connectionString =
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 5, ApplicationName = "activitylog listener" }.ConnectionString;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = s_firstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(() => pause = s_firstPause, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogDebug(exception, "Other nodes can't be heard now; trying again in {Pause}", pause);
            }
            finally
            {
                // In this order: what is asked for from here on is fresh for two seconds only.
                listening.Lost();
                tokens.Clear();
            }

            await Task.Delay(pause, clock, stoppingToken);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    private async Task ListenAsync(Action begun, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        connection.Notification += (_, notification) => Hear(notification.Payload);
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresNews.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // What was told while nobody listened.
        tokens.Clear();
        listening.Heard();
        Relay(await ListSystemsAsync(connection, cancellationToken));
        begun();
        await using var beat = new NpgsqlCommand("SELECT 1", connection);
        while (true)
        {
            await connection.WaitAsync(s_beat, cancellationToken);
            // What was told before this is answered has come before the answer.
            await beat.ExecuteNonQueryAsync(cancellationToken);
            listening.Heard();
        }
    }

    private void Hear(string text)
    {
        if (NewsText.TryParse(text) is not { } told || told.Node == news.Node)
        {
            return;
        }

        if (told.SystemKeys is not { } systemKeys)
        {
            tokens.Clear();
        }
        else
        {
            Relay(systemKeys);
        }
    }

    private void Relay(IReadOnlyList<int> systemKeys)
    {
        try
        {
            feed.Relay(systemKeys);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "A subscriber of the live feed failed");
        }
    }

    private static async Task<List<int>> ListSystemsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var list = new NpgsqlCommand("SELECT key FROM systems WHERE deleted_at IS NULL", connection);
        await using var reader = await list.ExecuteReaderAsync(cancellationToken);
        var keys = new List<int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(reader.GetInt32(0));
        }

        return keys;
    }
}
