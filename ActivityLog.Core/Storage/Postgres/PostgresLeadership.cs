using ActivityLog.Core.Nodes;
using Npgsql;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>Held by an advisory lock on a connection of its own: it goes with the process or its connection, however they end.</summary>
internal sealed class PostgresLeadership(string connectionString) : ILeadership, IAsyncDisposable
{
    // Apart from what else might take advisory locks in this database.
    private const long Lock = 0x414C_4F47_0000_0001;

    // The server must notice within a minute that a node vanished with its machine; by itself that takes hours.
    private const string KeepAlive = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";

    private readonly string _connectionString = OwnConnection(connectionString);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private NpgsqlConnection? _holder;

    public async Task<bool> IsMineAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await StoreErrors.GuardAsync(() => HoldAsync(cancellationToken));
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        await LetGoAsync();
        _gate.Dispose();
    }

    // Asked anew each time, so that a connection that was lost shows.
    private async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_holder is null)
            {
                _holder = new NpgsqlConnection(_connectionString);
                await _holder.OpenAsync(cancellationToken);
            }

            // Who has the lock gets it again.
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(@lock)", _holder);
            command.Parameters.AddWithValue("lock", Lock);
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                return true;
            }

            await LetGoAsync();
            return false;
        }
        catch
        {
            await LetGoAsync();
            throw;
        }
    }

    private async Task LetGoAsync()
    {
        if (_holder is { } connection)
        {
            _holder = null;
            await connection.DisposeAsync();
        }
    }

    private static string OwnConnection(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        builder.Options = string.IsNullOrEmpty(builder.Options) ? KeepAlive : $"{builder.Options} {KeepAlive}";
        return builder.ConnectionString;
    }
}
