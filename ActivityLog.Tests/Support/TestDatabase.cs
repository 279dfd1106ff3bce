using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Support;

/// <summary>A database of its own for a test, empty, and a data directory beside it; both are gone after disposal.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _dataDirectory = Directory.CreateTempSubdirectory("activitylog-data-");

    private protected TestDatabase()
    {
    }

    /// <summary>The configuration that makes the product use it.</summary>
    public virtual Dictionary<string, string?> Settings => new() { ["ActivityLog:DataDirectory"] = _dataDirectory.FullName };

    public static async Task<TestDatabase> CreateAsync(StorageEngine engine) => engine switch
    {
        StorageEngine.Sqlite => new SqliteTestDatabase(),
        StorageEngine.Postgres => await PostgresTestDatabase.CreateAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, "No such engine."),
    };

    public virtual ValueTask DisposeAsync()
    {
        _dataDirectory.Delete(recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
