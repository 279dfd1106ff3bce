using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Support;

/// <summary>The stores on SQLite.</summary>
public sealed class SqliteFixture() : EngineFixture(StorageEngine.Sqlite);
