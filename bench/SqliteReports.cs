using Microsoft.Data.Sqlite;

namespace ActivityLog.Bench;

/// <summary>A SQLite file for the measurement of reports.</summary>
internal sealed class SqliteReports : IReportsDatabase
{
    private readonly DirectoryInfo _data;
    private readonly bool _isKept;

    private SqliteReports(DirectoryInfo data, bool isKept)
    {
        (_data, _isKept) = (data, isKept);
        IsFilled = File.Exists(Mark);
        if (!IsFilled)
        {
            // Half of one is none.
            data.Delete(recursive: true);
            data.Create();
        }

        Settings = new Dictionary<string, string>
        {
            ["ActivityLog__Storage__Engine"] = "Sqlite",
            ["ActivityLog__DataDirectory"] = data.FullName,
            ["ActivityLog__TimeZone"] = ReportsMeasure.Zone,
        };
    }

    public string Engine => "SQLite";

    public IReadOnlyDictionary<string, string> Settings { get; }

    public bool IsFilled { get; }

    // It knows no zones; the winter's offset costs as much as the right one.
    public string Day => "date(occurred_at / 1000000 + 3600, 'unixepoch')";

    private string Mark => Path.Combine(_data.FullName, "filled");

    /// <summary>The file for so many messages; one that was filled before and kept is used again.</summary>
    /// <param name="messages">How many.</param>
    /// <param name="keep">The folder where it is kept; null to remove it at the end.</param>
    public static SqliteReports Open(long messages, string? keep) => keep is null
        ? new(Directory.CreateTempSubdirectory("activitylog-bench-"), isKept: false)
        : new(Directory.CreateDirectory(Path.Combine(keep, $"sqlite-{messages}")), isKept: true);

    public async Task SettleAsync()
    {
        await ReadAsync("pragma wal_checkpoint(truncate)");
        await File.WriteAllTextAsync(Mark, "");
    }

    public async Task<int> ReadAsync(string sql)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_data.FullName, "activitylog.db"), Pooling = false, DefaultTimeout = 0 };
        await using var connection = new SqliteConnection(source.ToString());
        await connection.OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0;
        while (await reader.ReadAsync())
        {
            rows++;
        }

        return rows;
    }

    public string Attribute(string column, string name) => $"json_extract({column}, '$.\"{name}\"')";

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        if (!_isKept)
        {
            _data.Delete(recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
