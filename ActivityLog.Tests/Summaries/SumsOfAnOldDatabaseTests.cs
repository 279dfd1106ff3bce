using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ActivityLog.Tests.Summaries;

public abstract class SumsOfAnOldDatabaseTests(EngineFixture engine)
{
    private const string BeforeSums = "TokenLimits";
    private const string BeforeSubjects = "SumsInTheirIndexes";
    private const string BeforeSessions = "CountsBySubject";

    [Fact]
    public async Task MigrateAsync_RowsFromBeforeThereWereSums_SaysThatTheyAreNotBuilt()
    {
        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        var migrator = context.GetService<IMigrator>();
        (await SettingsAsync(context)).AreBuilt.ShouldBeTrue();

        await migrator.MigrateAsync(BeforeSums);
        await migrator.MigrateAsync();
        (await SettingsAsync(context)).AreBuilt.ShouldBeTrue();

        await migrator.MigrateAsync(BeforeSums);
        await context.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO messages (system_key, session_key, call_key, occurred_at, received_at, token_key, parts, marks, type, name_id, attribute_set_key, metadata)
            VALUES (99, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, '{{}}')
            """);
        await migrator.MigrateAsync();
        (await SettingsAsync(context)).ShouldBe(SummarySettings.Default with { AreBuilt = false });
        await BuildAsync();
    }

    [Theory]
    [InlineData(BeforeSubjects)]
    [InlineData(BeforeSessions)]
    public async Task MigrateAsync_SumsThatTellLess_AreBuiltAnewFromTheirRows(string before)
    {
        var system = await engine.CreateSystemAsync();
        for (var seed = 0; seed < 20; seed++)
        {
            await engine.Get<ITelemetryStore>().AppendAsync([ArbitraryTelemetry.Batch(system, seed, engine.Clock.GetUtcNow().UtcDateTime)], default);
        }

        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        var migrator = context.GetService<IMigrator>();
        await migrator.MigrateAsync(before);

        await migrator.MigrateAsync();

        (await engine.Get<ISummaryState>().ReadAsync(default)).ShouldSatisfyAllConditions(static state => state.IsBuilt.ShouldBeFalse(), static state => state.Progress.ShouldBe(0));
        await BuildAsync();
        await SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);
    }

    private async Task BuildAsync() =>
        (await engine.Get<SummaryBuild>().RunAsync(all: false, static _ => Task.CompletedTask, default)).ShouldNotBeNull();

    private static async Task<SummarySettings> SettingsAsync(ActivityLogDbContext context)
    {
        var row = await context.Settings.AsNoTracking().SingleOrDefaultAsync(static s => s.Name == SummarySettings.Name);
        return SummarySettings.Parse(row?.Value);
    }
}

public sealed class SqliteSumsOfAnOldDatabaseTests(SqliteFixture engine) : SumsOfAnOldDatabaseTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresSumsOfAnOldDatabaseTests(PostgresFixture engine) : SumsOfAnOldDatabaseTests(engine), IClassFixture<PostgresFixture>;
