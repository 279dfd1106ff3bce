using Npgsql;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>
/// Connections of the write path. Their commits wait for the disk whatever the server's default is, and their planner takes the index for every look-up:
/// statements prepared while a table was small otherwise scan it when it has grown.
/// </summary>
internal sealed class PostgresWriteSource(string connectionString) : IAsyncDisposable
{
    private const string Settings =
        $"-c synchronous_commit=on -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_material=off {PostgresSettings.NoJit}";

    private readonly NpgsqlDataSource _source = Create(connectionString);

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static NpgsqlDataSource Create(string connectionString)
    {
        var builder = PostgresSettings.Add(connectionString, Settings);
        (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (50, 2);
        return NpgsqlDataSource.Create(builder);
    }
}
