using ActivityLog.Tests.Support;
using Npgsql;

namespace ActivityLog.Tests.Storage;

public sealed class PostgresSettingsTests(PostgresFixture engine) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task OpenConnection_ThatWasBackInThePool_StillCompilesNothing()
    {
        var source = engine.Get<NpgsqlDataSource>();
        List<string?> settings = [];
        for (var use = 0; use < 3; use++)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("show jit", connection);
            settings.Add((string?)await command.ExecuteScalarAsync());
        }

        settings.ShouldAllBe(static jit => jit == "off");
    }
}
