using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Summaries;
using ActivityLog.Core.Systems;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static ActivityLog.Core.Messages.MessageKeys;

namespace ActivityLog.Tests.Summaries;

/// <summary>The sums, and the rows of sessions, equal the rows after every kind of write.</summary>
public abstract class SumsOfWritesTests(EngineFixture engine)
{
    private const string Repository = "vcs.repository.url.full";

    private readonly ITelemetryStore _store = engine.Get<ITelemetryStore>();

    [Fact]
    public async Task AppendAsync_MessagesOfAllTypes_AreSummedUp()
    {
        var system = await engine.CreateSystemAsync();

        await AppendAsync(system, OfAllTypes(system));

        await ShouldEqualRowsAsync(system);
        (await CountAsync<SpendSumRow>(system)).ShouldBeGreaterThan(0);
        (await CountAsync<ToolSumRow>(system)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task AppendAsync_ManyCallsOfOneSession_AreARowAGrain()
    {
        var system = await engine.CreateSystemAsync();

        await AppendAsync(system, [.. Enumerable.Range(0, 500).Select(i => A.Generation(system, $"req_{i}", with: m => m.DurationMs = i))]);

        await ShouldEqualRowsAsync(system);
        (await CountAsync<SpendSumRow>(system), await CountAsync<CountSumRow>(system), await CountAsync<SessionSumRow>(system)).ShouldBe((4, 3, 3));
    }

    [Fact]
    public async Task AppendAsync_SameBatchTwice_IsSummedUpOnce()
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(system, A.Generation(system, "req_1"), A.Tool(system, "toolu_1"));
        var rows = await CountAsync<CountSumRow>(system);

        await AppendAsync(system, A.Generation(system, "req_1"), A.Tool(system, "toolu_1"));

        await ShouldEqualRowsAsync(system);
        (await CountAsync<CountSumRow>(system)).ShouldBe(rows);
    }

    [Theory]
    [InlineData("event first")]
    [InlineData("span first")]
    [InlineData("one batch")]
    public async Task AppendAsync_EventAndSpanOfACall_AreSummedUpAsOneRow(string order)
    {
        var system = await engine.CreateSystemAsync();
        // They differ in the day, the person, the model and the start of the session.
        var told = A.Generation(system, "req_1", minute: 20, with: static m => (m.UserName, m.OccurredAt) = ("bob", A.Noon.AddHours(13)));
        var span = A.GenerationSpan(system, "req_1", with: static m => (m.Model, m.StartedAt) = ("claude-asked-for", A.Noon.AddMinutes(-40)));

        await AppendAsync(system, A.Tool(system, "toolu_1", minute: 3));
        foreach (var messages in order switch { "event first" => new Message[][] { [told], [span] }, "span first" => [[span], [told]], _ => [[span, told]] })
        {
            await AppendAsync(system, messages);
        }

        await ShouldEqualRowsAsync(system);
        (await engine.ReadRowsAsync(system)).Count(static r => r.Type == MessageType.Generation).ShouldBe(1);
    }

    [Theory]
    [InlineData("spans, events")]
    [InlineData("events, spans")]
    public async Task AppendAsync_SpansThatTurnIntoRepeats_AreTakenBack(string order)
    {
        var system = await engine.CreateSystemAsync();
        Message[] spans = [WithoutId(A.GenerationSpan(system, "s1", minute: 1)), WithoutId(A.GenerationSpan(system, "s2", minute: 40, with: static m => m.UserName = "eve"))];
        Message[] events = [WithoutId(A.Generation(system, "e1", minute: 10)), WithoutId(A.Generation(system, "e2", minute: 20))];

        foreach (var form in order.Split(", "))
        {
            await AppendAsync(system, form == "spans" ? spans : events);
            await ShouldEqualRowsAsync(system);
        }

        var session = await SessionAsync(system);
        (session.FirstAt, session.LastAt).ShouldBe((UnixMicroseconds.From(events[0].StartedAt!.Value), UnixMicroseconds.From(events[1].OccurredAt)));
        (await engine.ReadRowsAsync(system)).Count(static r => r.Type == MessageType.Repeat).ShouldBe(2);
    }

    [Theory]
    [InlineData("outer, inner")]
    [InlineData("inner, outer")]
    [InlineData("both")]
    public async Task AppendAsync_CallToldByTwoLibraries_IsSummedUpOnce(string order)
    {
        var system = await engine.CreateSystemAsync();
        var outer = Library(system, "outer", spanId: 1, parentSpanId: null);
        var inner = Library(system, "inner", spanId: 2, parentSpanId: 1);
        // The outer one begins earlier and ends later, and alone tells a person.
        (outer.OccurredAt, outer.StartedAt, outer.UserName) = (A.Noon.AddMinutes(1), A.Noon.AddMinutes(-1), "alice");

        foreach (var messages in order == "both" ? new Message[][] { [outer, inner] } : [.. order.Split(", ").Select(name => new[] { name == "outer" ? outer : inner })])
        {
            await AppendAsync(system, messages);
        }

        await ShouldEqualRowsAsync(system);
        (await engine.ReadRowsAsync(system)).Count(static r => r.Type == MessageType.Repeat).ShouldBe(1);
    }

    [Fact]
    public async Task AppendAsync_PinnedAttribute_IsToldApartWhereverItStands()
    {
        var system = await engine.CreateSystemAsync();
        var shared = AttributeSet.Create($$"""{"service.version":"1","{{Repository}}":"https://example.com/a"}""");

        await AppendAsync(
            system,
            A.Generation(system, "shared", with: m => m.Attributes = shared),
            A.Generation(system, "own", with: static m => m.Metadata = $$"""{"{{Repository}}":"https://example.com/b?c=\u00e4"}"""),
            A.Generation(system, "own before shared", with: m => (m.Attributes, m.Metadata) = (shared, $$"""{"x":1,"{{Repository}}":"https://example.com/b?c=ä"}""")),
            A.Generation(system, "null", with: m => (m.Attributes, m.Metadata) = (shared, $$"""{"{{Repository}}":null}""")),
            A.Generation(system, "within a value", with: m => m.Metadata = $$"""{"x":{"{{Repository}}":"no"} }"""),
            A.Generation(system, "none"));

        await ShouldEqualRowsAsync(system);
        await using var context = await ContextAsync();
        (await context.Set<SummarySetRow>().CountAsync(s => s.SystemKey == system.Key)).ShouldBe(2);
        var calls = await context.Set<SpendSumRow>().Where(s => s.SystemKey == system.Key && s.Grain == SummaryGrain.Day)
            .GroupBy(static s => s.SetKey == 0).Select(static g => new { IsNone = g.Key, Calls = g.Sum(static s => s.Calls) }).ToDictionaryAsync(static g => g.IsNone, static g => g.Calls);
        (calls[true], calls[false]).ShouldBe((2, 4));
    }

    [Fact]
    public async Task AppendAsync_AbsurdAmounts_AddUpWithoutOverflow()
    {
        var system = await engine.CreateSystemAsync();
        long[] costs = [long.MaxValue, long.MaxValue, long.MinValue, 1, long.MinValue];
        Message Of(int i) => A.Generation(system, $"req_{i}", minute: i, costNanodollars: costs[i], with: static m => (m.InputTokens, m.CacheReadTokens) = (long.MaxValue, long.MaxValue));

        await AppendAsync(system, [.. costs.Select((_, i) => Of(i))]);
        await ShouldEqualRowsAsync(system);

        // A span is joined to each: all is taken away and added again.
        await AppendAsync(system, [.. costs.Select((_, i) => A.GenerationSpan(system, $"req_{i}"))]);
        await ShouldEqualRowsAsync(system);
    }

    [Fact]
    public async Task AppendAsync_DaysOfAZone_AreThoseOfItsClocks()
    {
        // Clocks go back by half an hour here.
        await SetAsync(new SummarySettings("Australia/Lord_Howe", SummarySettings.Default.Pins, AreBuilt: true));
        try
        {
            var system = await engine.CreateSystemAsync();

            await AppendAsync(system, [.. Enumerable.Range(0, 200).Select(i => A.Generation(system, $"req_{i}", with: m => m.OccurredAt = new DateTime(2026, 4, 3, 12, 0, 0, DateTimeKind.Utc).AddMinutes(17 * i)))]);

            await ShouldEqualRowsAsync(system);
            await using var context = await ContextAsync();
            (await context.Set<SpendSumRow>().CountAsync(s => s.SystemKey == system.Key && s.Grain == SummaryGrain.Day)).ShouldBe(4);
        }
        finally
        {
            await SetAsync(SummarySettings.Default);
        }
    }

    [Fact]
    public async Task AppendAsync_TwoNodesWithTheSameCalls_SumUpEachOnce()
    {
        var system = await engine.CreateSystemAsync();
        using var otherNode = engine.BuildNode();
        ITelemetryStore[] nodes = [_store, otherNode.Services.GetRequiredService<ITelemetryStore>()];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 10; i++)
            {
                Message[] messages = writer % 2 == 0
                    ? [A.Generation(system, $"req_{i}", minute: i), A.Tool(system, $"toolu_{i}"), WithoutId(A.GenerationSpan(system, $"s{i}", minute: writer, session: $"session {i}"))]
                    : [A.GenerationSpan(system, $"req_{i}", minute: writer), A.Tool(system, $"toolu_{i}"), A.Tool(system, $"toolu_x{i}", minute: i, session: $"session {i}")];
                await nodes[writer % 4 / 2].AppendAsync([A.Batch(messages)], default);
            }
        }));

        await ShouldEqualRowsAsync(system);
    }

    private static Message[] OfAllTypes(MonitoredSystem system) =>
    [
        A.Generation(system, "req_1", with: static m => (m.TimeToFirstTokenMs, m.UserName) = (300, null)),
        A.Generation(system, "req_2", minute: 14, with: static m => (m.CostNanodollars, m.DurationMs, m.InputTokens) = (null, null, 150_000)),
        A.Generation(system, "req_3", minute: 24 * 60, session: "another"),
        A.Tool(system, "toolu_1"),
        A.Tool(system, "toolu_2", with: static m => m.Status = MessageStatus.Error),
        A.Tool(system, "toolu_3", with: static m => m.Status = MessageStatus.Denied),
        .. new[] { "accept", "reject", "abort", "approved_for_session" }.Select(decision => A.Message(system, with: m =>
            (m.Type, m.ToolName, m.Metadata) = (MessageType.Decision, "Bash", $$"""{"decision":"{{decision}}","x":1}"""))),
        A.Message(system, with: static m => (m.Type, m.ToolName) = (MessageType.Decision, "Bash")),
        .. Enum.GetValues<MessageType>().Except([MessageType.Decision]).Select(type => A.Message(system, minute: 40, with: m => m.Type = type)),
        A.Message(system, minute: 50, with: static m => m.SessionId = null),
    ];

    private static Message WithoutId(Message message)
    {
        message.RequestId = null;
        return message;
    }

    private static Message Library(MonitoredSystem system, string scope, long spanId, long? parentSpanId) => new()
    {
        SystemKey = system.Key,
        Key = new(Session(system.Key, SessionSource.Session, A.Session), Call(CallSource.Span, scope)),
        SessionId = A.Session,
        TokenKey = 1,
        Parts = MessageParts.Span,
        Type = MessageType.Generation,
        Name = "chat",
        OccurredAt = A.Noon,
        ReceivedAt = A.Noon,
        Model = "gpt-5.2",
        InputTokens = 10,
        OutputTokens = 5,
        TraceId = new byte[16],
        SpanId = spanId,
        ParentSpanId = parentSpanId,
        Attributes = AttributeSet.Create($$"""{"otel.scope.name":"{{scope}}","{{Repository}}":"{{scope}}"}"""),
    };

    private Task<TelemetryAppended> AppendAsync(MonitoredSystem system, params Message[] messages)
    {
        messages.ShouldAllBe(m => m.SystemKey == system.Key);
        return _store.AppendAsync([A.Batch(messages)], default);
    }

    private Task ShouldEqualRowsAsync(MonitoredSystem system) => SumsCheck.ShouldEqualRowsAsync(engine.Services, system.Key);

    private Task<ActivityLogDbContext> ContextAsync() => engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();

    private async Task<int> CountAsync<TRow>(MonitoredSystem system)
        where TRow : SumRow
    {
        await using var context = await ContextAsync();
        return await context.Set<TRow>().CountAsync(row => row.SystemKey == system.Key);
    }

    private async Task<SessionRow> SessionAsync(MonitoredSystem system)
    {
        await using var context = await ContextAsync();
        return await context.Sessions.AsNoTracking().SingleAsync(s => s.SystemKey == system.Key);
    }

    private async Task SetAsync(SummarySettings settings)
    {
        await using var context = await ContextAsync();
        await context.Settings.Where(static s => s.Name == SummarySettings.Name).ExecuteDeleteAsync();
        context.Settings.Add(new SettingRow { Name = SummarySettings.Name, Value = settings.ToString() });
        await context.SaveChangesAsync();
    }
}

public sealed class SqliteSumsOfWritesTests(SqliteFixture engine) : SumsOfWritesTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresSumsOfWritesTests(PostgresFixture engine) : SumsOfWritesTests(engine), IClassFixture<PostgresFixture>;
