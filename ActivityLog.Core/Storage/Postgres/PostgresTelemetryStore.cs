
namespace ActivityLog.Core.Storage.Postgres;

/// <summary>The write path on PostgreSQL.</summary>
internal sealed class PostgresTelemetryStore(PostgresWriteSource source, NameStore names) : TelemetryStore(names)
{
    protected override async Task<ITelemetryTransaction> BeginAsync(IReadOnlyList<int> aloneIn, CancellationToken cancellationToken)
    {
        var connection = await source.OpenAsync(cancellationToken);
        try
        {
            var transaction = new PostgresTelemetryTransaction(connection, await connection.BeginTransactionAsync(cancellationToken));
            foreach (var system in aloneIn)
            {
                await transaction.LockSystemAsync(system, cancellationToken);
            }

            return transaction;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
