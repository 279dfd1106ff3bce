using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Support;

/// <summary>The product on SQLite.</summary>
public sealed class SqliteAppFixture() : AppFixture(StorageEngine.Sqlite);
