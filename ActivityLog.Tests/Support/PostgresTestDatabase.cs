using ActivityLog.Core.Storage;
using Npgsql;

namespace ActivityLog.Tests.Support;

/// <summary>A database on the PostgreSQL server that <c>./test</c> starts.</summary>
public sealed class PostgresTestDatabase : TestDatabase
{
    private const string Variable = "ACTIVITYLOG_TEST_POSTGRES";

    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly string _name = $"test_{Guid.NewGuid():n}";

    private PostgresTestDatabase(string server) => _server = new(server) { Pooling = false };

    public override Dictionary<string, string?> Settings => new(base.Settings)
    {
        [$"{StorageOptions.Section}:Engine"] = nameof(StorageEngine.Postgres),
        [$"ConnectionStrings:{StorageOptions.ConnectionStringName}"] = ConnectionString,
    };

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = _name, Pooling = true }.ConnectionString;

    public static async Task<PostgresTestDatabase> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(server))
        {
            throw new InvalidOperationException(
                $"{Variable} isn't set: this test needs the PostgreSQL server that ./test starts. Run ./test, or .ci/with-postgres dotnet test.");
        }

        var database = new PostgresTestDatabase(server);
        await database.ExecuteAsync($"create database {database._name}");
        return database;
    }

    public override async ValueTask DisposeAsync()
    {
        // An idle connection of the product's pool must not keep it alive.
        await ExecuteAsync($"drop database if exists {_name} with (force)");
        await base.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
