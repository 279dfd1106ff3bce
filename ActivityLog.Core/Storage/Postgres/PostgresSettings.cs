using Npgsql;

namespace ActivityLog.Core.Storage.Postgres;

/// <summary>Settings of the server that hold for a connection as long as it is open: what a statement sets is gone once the connection was back in its pool.</summary>
internal static class PostgresSettings
{
    /// <summary>Compiling a statement of many parts takes longer than running it, and is done anew each time.</summary>
    public const string NoJit = "-c jit=off";

    /// <summary>Sums by tens of thousands of sessions are made in memory: with the server's default, 4 MB, they went to disk and back.</summary>
    public const string WorkMemory = "-c work_mem=16MB";

    /// <summary>What is read is mostly in memory, or on a disk without arms: names of a row are looked up by their index, not by going through all names, seven times a row.</summary>
    public const string RandomPages = "-c random_page_cost=1.1";

    /// <summary>A connection string with settings besides its own options.</summary>
    public static NpgsqlConnectionStringBuilder Add(string connectionString, string settings)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.Options = string.IsNullOrEmpty(builder.Options) ? settings : $"{builder.Options} {settings}";
        return builder;
    }
}
