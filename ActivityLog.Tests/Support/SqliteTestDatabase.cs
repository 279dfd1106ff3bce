using Microsoft.Data.Sqlite;

namespace ActivityLog.Tests.Support;

/// <summary>SQLite, in a file in the data directory.</summary>
public sealed class SqliteTestDatabase : TestDatabase
{
    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return base.DisposeAsync();
    }
}
