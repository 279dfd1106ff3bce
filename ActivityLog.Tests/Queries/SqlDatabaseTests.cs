using ActivityLog.Core.Queries;
using ActivityLog.Core.Storage;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Queries;

public abstract class SqlDatabaseTests(EngineFixture engine)
{
    [Fact]
    public async Task SnapshotAsync_SomebodyWritesMeanwhile_SeesOneState()
    {
        var system = await engine.CreateSystemAsync();
        var database = engine.Get<SqlDatabase>();

        var counts = await database.SnapshotAsync(
            async reader =>
            {
                var before = await reader.ReadAsync(Count(reader.NewText()), static row => row.GetInt64(0), CancellationToken.None);
                await engine.Get<ITelemetryStore>().AppendAsync([A.Batch(A.Message(system))], CancellationToken.None);
                return (before[0], (await reader.ReadAsync(Count(reader.NewText()), static row => row.GetInt64(0), CancellationToken.None))[0]);
            },
            CancellationToken.None);

        counts.ShouldBe((0, 0));
        (await database.ReadAsync(Count(database.NewText()), static row => row.GetInt64(0), CancellationToken.None)).ShouldBe([1]);

        SqlText Count(SqlText sql) => sql.Add($"select count(*) from messages where system_key = {sql.Parameter(system.Key)}");
    }

    [Fact]
    public async Task ReadAsync_CancelledWithinAStatement_EndsIt()
    {
        var database = engine.Get<SqlDatabase>();
        var endless = database.NewText().Add("with recursive c(i) as (select 1 union all select 1 from c) select count(*) from c");
        using var cancelling = new CancellationTokenSource();

        // That there is a task to await shows that no statement runs in the caller's thread.
        var reading = database.ReadAsync(endless, static row => row.GetInt64(0), cancelling.Token);
        cancelling.CancelAfter(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}

public sealed class SqliteSqlDatabaseTests(SqliteFixture engine) : SqlDatabaseTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresSqlDatabaseTests(PostgresFixture engine) : SqlDatabaseTests(engine), IClassFixture<PostgresFixture>;
