using ActivityLog.Core.Messages;
using ActivityLog.Core.Retention;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ActivityLog.Tests.Summaries;

/// <summary>The sums, and the rows of sessions, equal the rows that are left.</summary>
public abstract class SumsOfRetentionTests(EngineFixture engine)
{
    private const string Repository = "vcs.repository.url.full";

    [Fact]
    public async Task DeleteMessagesAsync_PartsOfSessions_TakesThemFromTheSums()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([.. Enumerable.Range(0, 60).Select(i => Message(system, i))]);
        await SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);

        // In steps that stop within sessions, quarters and days.
        var step = default(RetentionStep);
        var left = 60;
        do
        {
            step = await engine.Get<RetentionSteps>().DeleteMessagesAsync(new(system.Key, step.Reached, engine.Clock.GetUtcNow().UtcDateTime.AddDays(40), 17), CancellationToken.None);
            left -= step.Rows;
            (await engine.ReadRowsAsync(system)).Count.ShouldBe(left);
            await SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);
        }
        while (step.Rows > 0);

        left.ShouldBe(20);
    }

    [Fact]
    public async Task DeleteMessagesAsync_ByANodeThatHasNotSeenThem_TakesThemFromTheSums()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync([.. Enumerable.Range(0, 30).Select(i => Message(system, i))]);
        using var other = engine.BuildNode();

        var steps = (RetentionSteps)other.Services.GetService(typeof(RetentionSteps))!;
        (await steps.DeleteMessagesAsync(new(system.Key, 0, engine.Clock.GetUtcNow().UtcDateTime.AddDays(40), 1_000), CancellationToken.None)).Rows.ShouldBe(20);

        await SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);
    }

    [Fact]
    public async Task SweepAsync_DeletedSystem_LeavesNoSums()
    {
        var system = await engine.CreateSystemAsync();
        var other = await engine.CreateSystemAsync();
        await AppendAsync([.. Enumerable.Range(0, 30).Select(i => Message(system, i))]);
        await AppendAsync([.. Enumerable.Range(0, 30).Select(i => Message(other, i))]);
        await engine.Get<ISystemStore>().DeleteAsync(system.Id, CancellationToken.None);
        engine.Clock.Advance(TimeSpan.FromMinutes(2));

        await engine.Get<DeletedSystemSweeper>().SweepAsync(CancellationToken.None);

        await SumsCheck.ShouldEqualRowsAsync(engine.Services, other.Key);
        (await CountAsync(other)).ShouldBeGreaterThan(0);
        (await CountAsync(system)).ShouldBe(0);
    }

    // Calls, tools and others of three sessions, two people and two repositories, over more than a day; every third is kept for longer.
    private Message Message(MonitoredSystem system, int i)
    {
        void With(Message message)
        {
            message.UserName = i % 7 == 0 ? null : i % 2 == 0 ? "alice" : "bob";
            message.ExpiresAt = engine.Clock.GetUtcNow().UtcDateTime.AddDays(i % 3 == 0 ? 60 : 30).AddSeconds(i * 13 % 60);
            message.Attributes = AttributeSet.Create($$"""{"{{Repository}}":"https://example.com/{{i % 2}}"}""");
            message.Metadata = i % 5 == 0 ? $$"""{"{{Repository}}":"https://example.com/own"}""" : """{"decision":"accept"}""";
        }

        var session = $"session {i % 4}";
        return (i % 4) switch
        {
            0 => A.Generation(system, $"req_{i}", 31 * i, session, with: With),
            1 => A.Tool(system, $"toolu_{i}", 31 * i, session, with: With),
            2 => A.Message(system, 31 * i, session, message => With(Of(message, MessageType.Decision))),
            _ => A.Message(system, 31 * i, session, message => With(Of(message, MessageType.Prompt))),
        };
    }

    private static Message Of(Message message, MessageType type)
    {
        message.Type = type;
        return message;
    }

    private Task<TelemetryAppended> AppendAsync(Message[] messages) => engine.Get<ITelemetryStore>().AppendAsync([A.Batch(messages)], CancellationToken.None);

    private async Task<int> CountAsync(MonitoredSystem system)
    {
        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        return await context.Set<SpendSumRow>().CountAsync(row => row.SystemKey == system.Key)
            + await context.Set<ToolSumRow>().CountAsync(row => row.SystemKey == system.Key)
            + await context.Set<CountSumRow>().CountAsync(row => row.SystemKey == system.Key)
            + await context.Set<SessionSumRow>().CountAsync(row => row.SystemKey == system.Key)
            + await context.Set<SummarySetRow>().CountAsync(row => row.SystemKey == system.Key)
            + await context.Sessions.CountAsync(row => row.SystemKey == system.Key);
    }
}

public sealed class SqliteSumsOfRetentionTests(SqliteFixture engine) : SumsOfRetentionTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresSumsOfRetentionTests(PostgresFixture engine) : SumsOfRetentionTests(engine), IClassFixture<PostgresFixture>;
