using Npgsql;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>The write path on PostgreSQL.</summary>
internal sealed class PostgresTelemetryStore(PostgresWriteSource source, NameStore names, TimeProvider clock) : TelemetryStore(names, clock), IAsyncDisposable
{
    // Of this node one transaction writes rows at a time, while another is made durable: two that write at once hinder each other in the table and its indexes.
    private readonly SemaphoreSlim _turn = new(1, 1);

    public override int Writers => 2;

    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return source.DisposeAsync();
    }

    protected override async Task<ITelemetryTransaction> BeginAsync(bool alone, CancellationToken cancellationToken)
    {
        // Before any lock in the database: who waits for the turn keeps nobody waiting.
        await _turn.WaitAsync(cancellationToken);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await source.OpenAsync(cancellationToken);
            return new PostgresTelemetryTransaction(connection, await connection.BeginTransactionAsync(cancellationToken), alone, () => _turn.Release());
        }
        catch
        {
            _turn.Release();
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            throw;
        }
    }
}
