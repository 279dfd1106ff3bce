
namespace ActivityLog.Core.Storage.Postgres;

/// <summary>The write path on PostgreSQL.</summary>
internal sealed class PostgresTelemetryStore(PostgresWriteSource source, NameStore names) : TelemetryStore(names)
{
    protected override async Task<ITelemetryTransaction> BeginAsync(IReadOnlyList<int> aloneIn, CancellationToken cancellationToken)
    {
        var connection = await source.OpenAsync(cancellationToken);
        try
        {
            return new PostgresTelemetryTransaction(connection, await connection.BeginTransactionAsync(cancellationToken), aloneIn);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
