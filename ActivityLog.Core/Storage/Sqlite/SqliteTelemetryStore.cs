
namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>The write path on SQLite: one connection, since SQLite has one writer at a time, with its statements prepared once.</summary>
internal sealed class SqliteTelemetryStore(SqliteDatabase database, NameStore names) : TelemetryStore(names), IAsyncDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private SqliteWriter? _open;

    protected override async Task<ITelemetryTransaction> BeginAsync(IReadOnlyList<int> aloneIn, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            _open ??= new SqliteWriter(await database.OpenAsync(cancellationToken));
            _open.Run("BEGIN IMMEDIATE");
            return new SqliteTelemetryTransaction(_open, Release);
        }
        catch
        {
            Release(healthy: false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.WaitAsync();
        _open?.Dispose();
        _writer.Dispose();
    }

    private void Release(bool healthy)
    {
        if (!healthy)
        {
            // A connection that failed is not asked again; the next write opens another.
            _open?.Dispose();
            _open = null;
        }

        _writer.Release();
    }
}
