namespace ActivityLog.Core.Storage;

/// <summary>The database engines.</summary>
public enum StorageEngine
{
    /// <summary>A file in the data directory; for one person or a trial.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or later; for a team.</summary>
    Postgres,
}
