using ActivityLog.Core.Storage;
using ActivityLog.Core.Storage.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ActivityLog.Tests.Support;

/// <summary>A database on the PostgreSQL server that <c>./test</c> starts.</summary>
public sealed class PostgresTestDatabase : TestDatabase
{
    private const string Variable = "ACTIVITYLOG_TEST_POSTGRES";

    // The tables are made once; each database is a copy of them.
    private static readonly Lazy<Task<string>> s_template = new(CreateTemplateAsync);

    private readonly string _name = NewName();

    private PostgresTestDatabase()
    {
    }

    public override Dictionary<string, string?> Settings => new(base.Settings)
    {
        [$"{StorageOptions.Section}:Engine"] = nameof(StorageEngine.Postgres),
        [$"ConnectionStrings:{StorageOptions.ConnectionStringName}"] = ConnectionString(_name, pooling: true),
    };

    private static string Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException(
            $"{Variable} isn't set: this test needs the PostgreSQL server that ./test starts. Run ./test, or .ci/with-postgres dotnet test.");

    /// <summary>Makes the database.</summary>
    /// <param name="empty">Whether it has no tables yet, as at the very first start.</param>
    public static async Task<PostgresTestDatabase> CreateAsync(bool empty = false)
    {
        var template = empty ? "template1" : await s_template.Value;
        var database = new PostgresTestDatabase();
        await ExecuteAsync($"create database {database._name} template {template}");
        return database;
    }

    public override async ValueTask DisposeAsync()
    {
        // An idle connection of the product's pool must not keep it alive.
        await ExecuteAsync($"drop database if exists {_name} with (force)");
        await base.DisposeAsync();
    }

    private static async Task<string> CreateTemplateAsync()
    {
        var name = NewName();
        await ExecuteAsync($"create database {name}");
        // A database can be copied only while nobody is connected to it.
        var options = new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql(ConnectionString(name, pooling: false)).Options;
        await using var context = new PostgresDbContext(options);
        await context.Database.MigrateAsync();
        return name;
    }

    private static string NewName() => $"test_{Guid.NewGuid():n}";

    private static string ConnectionString(string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, Pooling = pooling }.ConnectionString;

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooling: false));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
