using ActivityLog.Core.Storage;

namespace ActivityLog.Tests.Support;

/// <summary>The product on PostgreSQL.</summary>
public sealed class PostgresAppFixture() : AppFixture(StorageEngine.Postgres);
