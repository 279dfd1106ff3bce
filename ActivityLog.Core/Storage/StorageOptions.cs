using System.ComponentModel.DataAnnotations;

namespace ActivityLog.Core.Storage;

/// <summary>Where data is kept.</summary>
public sealed class StorageOptions
{
    /// <summary>Where the options stand in the configuration.</summary>
    public const string Section = "ActivityLog:Storage";

    /// <summary>Name of the connection string that PostgreSQL is reached with.</summary>
    public const string ConnectionStringName = "ActivityLog";

    /// <summary>The database engine.</summary>
    [EnumDataType(typeof(StorageEngine))]
    public StorageEngine Engine { get; set; } = StorageEngine.Sqlite;

    /// <summary>Longest that a write waits for the database's locks, in seconds, before the sender is told to try again.</summary>
    [Range(1, 60)]
    public int WriteTimeoutSeconds { get; set; } = 5;
}
