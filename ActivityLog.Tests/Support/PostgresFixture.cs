using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Support;

/// <summary>The stores on PostgreSQL.</summary>
public sealed class PostgresFixture() : EngineFixture(StorageEngine.Postgres);
