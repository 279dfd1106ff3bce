using Npgsql;

namespace ActivityLog.Bench;

/// <summary>A PostgreSQL database for the measurement of reports.</summary>
internal sealed class PostgresReports : IReportsDatabase
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("activitylog-bench-");
    private readonly NpgsqlDataSource _source;

    private PostgresReports(string connectionString, bool isFilled)
    {
        IsFilled = isFilled;
        // Times of other zones must not come from the session's.
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, MaxPoolSize = 2 });
        Settings = new Dictionary<string, string>
        {
            ["ActivityLog__Storage__Engine"] = "Postgres",
            ["ConnectionStrings__ActivityLog"] = connectionString,
            ["ActivityLog__DataDirectory"] = _data.FullName,
            ["ActivityLog__TimeZone"] = ReportsMeasure.Zone,
        };
    }

    public string Engine => "PostgreSQL";

    public IReadOnlyDictionary<string, string> Settings { get; }

    public bool IsFilled { get; }

    public string Day => $"(to_timestamp(occurred_at / 1000000) at time zone '{ReportsMeasure.Zone}')::date";

    /// <summary>The database for so many messages; one that was filled before and kept is used again.</summary>
    public static async Task<PostgresReports> OpenAsync(string server, long messages)
    {
        var name = $"activitylog_reports_{messages}";
        await using var admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Pooling = false });
        await using var ask = admin.CreateCommand("select shobj_description(oid, 'pg_database') from pg_database where datname = $1");
        ask.Parameters.Add(new() { Value = name });
        var isFilled = await ask.ExecuteScalarAsync() is "filled";
        if (!isFilled)
        {
            await using var drop = admin.CreateCommand($"drop database if exists {name}");
            await drop.ExecuteNonQueryAsync();
            await using var create = admin.CreateCommand($"create database {name}");
            await create.ExecuteNonQueryAsync();
        }

        return new(new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString, isFilled);
    }

    public async Task SettleAsync()
    {
        await ReadAsync("vacuum (analyze)");
        await ReadAsync("checkpoint");
        await ReadAsync($"comment on database {new NpgsqlConnectionStringBuilder(_source.ConnectionString).Database} is 'filled'");
    }

    public async Task<int> ReadAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0;
        while (await reader.ReadAsync())
        {
            rows++;
        }

        return rows;
    }

    public string Attribute(string column, string name) => $"{column} ->> '{name}'";

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
