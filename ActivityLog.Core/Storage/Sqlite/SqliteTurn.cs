namespace ActivityLog.Core.Storage.Sqlite;

/// <summary>
/// SQLite has one writer at a time: who writes takes turns here, in the order of asking, on one connection with its statements prepared once. (Left to the engine,
/// two busy writers sleep and try again, and one of them can come too late for ever.)
/// </summary>
internal sealed class SqliteTurn(SqliteDatabase database) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqliteWriter? _open;

    /// <summary>Waits for the turn and begins a transaction. <see cref="End"/> must follow.</summary>
    public async Task<SqliteWriter> BeginAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _open ??= new SqliteWriter(await database.OpenAsync(cancellationToken));
            _open.Run("BEGIN IMMEDIATE");
            return _open;
        }
        catch
        {
            End(healthy: false);
            throw;
        }
    }

    /// <summary>Lets the next one write.</summary>
    /// <param name="healthy">Whether the transaction has ended as it should: a connection that failed is not asked again, the next write opens another.</param>
    public void End(bool healthy)
    {
        if (!healthy)
        {
            _open?.Dispose();
            _open = null;
        }

        _turn.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        _open?.Dispose();
        _turn.Dispose();
    }
}
