using System.Data.Common;
using ActivityLog.Core.Storage;

namespace ActivityLog.Core.Summaries;

/// <summary>Rows of <c>settings</c> in a transaction, on both engines.</summary>
internal static class SettingSql
{
    /// <summary>The value of a setting; null where there is none.</summary>
    public static async Task<string?> ReadAsync(DbConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var read = connection.CreateCommand();
        read.CommandText = "SELECT value FROM settings WHERE name = @name";
        read.Add("@name", name);
        return await read.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <summary>Sets a setting; null takes it away.</summary>
    public static async Task WriteAsync(DbConnection connection, string name, string? value, CancellationToken cancellationToken)
    {
        await using var write = connection.CreateCommand();
        write.CommandText = value is null
            ? "DELETE FROM settings WHERE name = @name"
            : "INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        write.Add("@name", name);
        if (value is not null)
        {
            write.Add("@value", value);
        }

        await write.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Sets a setting that isn't there.</summary>
    public static async Task AddAsync(DbConnection connection, string name, string value, CancellationToken cancellationToken)
    {
        await using var add = connection.CreateCommand();
        add.CommandText = "INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO NOTHING";
        add.Add("@name", name);
        add.Add("@value", value);
        await add.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Sets a setting anew, if it is what it was.</summary>
    /// <returns>Whether it was.</returns>
    public static async Task<bool> TryReplaceAsync(DbConnection connection, string name, string before, string after, CancellationToken cancellationToken)
    {
        await using var replace = connection.CreateCommand();
        replace.CommandText = "UPDATE settings SET value = @after WHERE name = @name AND value = @before";
        replace.Add("@name", name);
        replace.Add("@before", before);
        replace.Add("@after", after);
        return await replace.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
