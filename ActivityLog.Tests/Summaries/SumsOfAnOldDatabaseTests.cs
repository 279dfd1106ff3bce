using ActivityLog.Core.Messages;
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
    private const string BeforeCounts = "ToolsInTheirIndex";

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
    }

    [Fact]
    public async Task MigrateAsync_SumsFromBeforeThoseBySubject_AreThereBySubject()
    {
        var system = await engine.CreateSystemAsync();
        for (var seed = 0; seed < 20; seed++)
        {
            var batch = ArbitraryTelemetry.Batch(system, seed, engine.Clock.GetUtcNow().UtcDateTime);
            foreach (var message in batch.Messages)
            {
                // Which attempt it was can't be told any more by the time before.
                message.Metadata = "{}";
            }

            await engine.Get<ITelemetryStore>().AppendAsync([batch], default);
        }

        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        var migrator = context.GetService<IMigrator>();
        await migrator.MigrateAsync(BeforeSubjects);
        (await context.Set<SpendSumRow>().CountAsync(s => s.SystemKey == system.Key && s.Grain == SummaryGrain.SubjectDay)).ShouldBe(0);

        await migrator.MigrateAsync();

        await SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);
    }

    [Fact]
    public async Task MigrateAsync_CountsFromBeforeThoseBySubject_AreThereBySubjectWithTheirRetries()
    {
        var system = await engine.CreateSystemAsync();
        string[] attempts = ["2", "\"3\"", "\"007\"", "1000", "1001", "99999999999999999999", "2.5", "\"many\"", "\"\""];
        await engine.Get<ITelemetryStore>().AppendAsync(
            [
                A.Batch(
                    [
                        .. attempts.SelectMany((attempt, i) => Enumerable.Range(0, 3 + i).Select(call => A.Generation(system, $"{i} {call}", minute: 600 * call, with: m =>
                            (m.UserName, m.Model, m.Metadata) = (call % 2 == 0 ? "alice" : "bob", $"model {i}", $$"""{"attempt":{{attempt}}}""")))),
                        A.Generation(system, "none"),
                        A.Message(system, with: static m => (m.Type, m.Model, m.Metadata) = (MessageType.Error, "model 0", """{"attempt":2}""")),
                        A.Message(system, with: static m => (m.Type, m.Model, m.Metadata) = (MessageType.Refusal, "model 0", """{"attempt":2}""")),
                    ]),
            ],
            default);
        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        var migrator = context.GetService<IMigrator>();
        await migrator.MigrateAsync(BeforeCounts);
        (await context.Database.SqlQuery<int>($"SELECT CAST(count(*) AS integer) AS \"Value\" FROM count_sums WHERE system_key = {system.Key} AND grain = 2").SingleAsync()).ShouldBe(0);
        for (var i = 0; i < attempts.Length; i++)
        {
            // As they were written then: the attempt was one of what tells rows apart.
            context.Set<SummarySetRow>().Add(new() { SystemKey = system.Key, SetKey = 1 + i, Attributes = $$"""{"attempt":{{attempts[i]}},"other":"x"}""" });
            await context.Database.ExecuteSqlAsync(
                $"UPDATE count_sums SET set_key = {1 + i} WHERE system_key = {system.Key} AND model_id = (SELECT id FROM names WHERE kind = {(short)NameKind.Model} AND value = {$"model {i}"})");
        }

        await context.SaveChangesAsync();

        await migrator.MigrateAsync();

        await SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);
        (await context.Set<CountSumRow>().CountAsync(s => s.SystemKey == system.Key && s.Grain == SummaryGrain.SubjectDay && s.SetKey == 0 && s.UserId == null)).ShouldBeGreaterThan(0);
    }

    private static async Task<SummarySettings> SettingsAsync(ActivityLogDbContext context)
    {
        var row = await context.Settings.AsNoTracking().SingleOrDefaultAsync(static s => s.Name == SummarySettings.Name);
        return SummarySettings.Parse(row?.Value);
    }
}

public sealed class SqliteSumsOfAnOldDatabaseTests(SqliteFixture engine) : SumsOfAnOldDatabaseTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresSumsOfAnOldDatabaseTests(PostgresFixture engine) : SumsOfAnOldDatabaseTests(engine), IClassFixture<PostgresFixture>;
