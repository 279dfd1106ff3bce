using ActivityLog.Core.Messages;
using ActivityLog.Core.Metrics;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Mapping;
using ActivityLog.Tests.Otlp;
using ActivityLog.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Trace.V1;
using static ActivityLog.Core.Messages.MessageKeys;

namespace ActivityLog.Tests.Storage;

public abstract class TelemetryStoreTests(EngineFixture engine)
{
    private const string Request = "req_1";

    private readonly ITelemetryStore _store = engine.Get<ITelemetryStore>();

    [Fact]
    public async Task AppendAsync_SameBatchTwice_AddsNothing()
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        Message[] Messages() => [A.Generation(system, Request), A.Tool(system, "toolu_1")];

        var first = await AppendAsync(token.Key, Messages());
        var second = await AppendAsync(token.Key, Messages());

        (first.NewMessages, second.NewMessages, second.ChangedMessages).ShouldBe((2, 0, 0));
        (await engine.ReadRowsAsync(system)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task AppendAsync_RowsOfAllSizesInOneBatch_AreKeptToTheLetter()
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        // From nothing to more than is sent to a database in one go, in one, two, three and four bytes a character.
        string?[] bodies = [null, .. Enumerable.Range(0, 12).Select(static size => string.Concat(Enumerable.Repeat("aä€😀", 1 << size)) + "end"), new string('€', 300_000)];
        var messages = bodies.Select((body, index) => A.Generation(system, $"req_{index}", with: message =>
        {
            message.Body = body;
            message.Error = index % 2 == 0 ? body : null;
            message.Metadata = $$"""{"text":"{{body}}","index":{{index}}}""";
        })).ToList();

        await AppendAsync(token.Key, [.. messages]);

        var rows = (await engine.ReadRowsAsync(system)).ToDictionary(static row => row.RequestId!);
        rows.Count.ShouldBe(bodies.Length);
        foreach (var message in messages)
        {
            var row = rows[message.RequestId!];
            (row.Body, row.Error, row.CostNanodollars, row.DurationMs).ShouldBe((message.Body, message.Error, message.CostNanodollars, message.DurationMs));
            System.Text.Json.JsonDocument.Parse(row.Metadata).RootElement.GetProperty("text").GetString().ShouldBe(message.Body ?? "");
        }
    }

    [Theory]
    [InlineData("event first")]
    [InlineData("span first")]
    [InlineData("one batch")]
    [InlineData("one batch, span first")]
    public async Task AppendAsync_EventAndSpanOfACall_AreOneRow(string order)
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        var told = A.Generation(system, Request, with: static m => m.Metadata = """{"query_source":"sdk","model":"claude-sonnet-5-5"}""");
        var span = A.GenerationSpan(system, Request, with: static m =>
        {
            m.Model = "claude-asked-for";
            m.Metadata = """{"stop_reason":"end_turn","model":"claude-asked-for"}""";
        });

        _ = order switch
        {
            "event first" => await AppendAsync(token.Key, told).ContinueWith(_ => AppendAsync(token.Key, span)).Unwrap(),
            "span first" => await AppendAsync(token.Key, span).ContinueWith(_ => AppendAsync(token.Key, told)).Unwrap(),
            "one batch" => await AppendAsync(token.Key, told, span),
            _ => await AppendAsync(token.Key, span, told),
        };

        var row = (await engine.ReadRowsAsync(system)).ShouldHaveSingleItem();
        row.Parts.ShouldBe(MessageParts.Event | MessageParts.Span);
        row.CostNanodollars.ShouldBe(1_000_000);
        row.Status.ShouldBe(MessageStatus.Ok);
        row.SpanId.ShouldBe(0x00f067aa0ba902b7);
        var metadata = System.Text.Json.JsonDocument.Parse(row.Metadata).RootElement;
        metadata.GetProperty("model").GetString().ShouldBe("claude-sonnet-5-5");
        metadata.GetProperty("span.model").GetString().ShouldBe("claude-asked-for");
        metadata.GetProperty("stop_reason").GetString().ShouldBe("end_turn");
        metadata.GetProperty("query_source").GetString().ShouldBe("sdk");
    }

    [Fact]
    public async Task AppendAsync_SameCallsFromSeveralConnectionsAtOnce_AreStoredOnce()
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        using var otherNode = engine.BuildNode();
        ITelemetryStore[] nodes = [_store, otherNode.Services.GetRequiredService<ITelemetryStore>()];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 10; i++)
            {
                Message[] messages = writer % 2 == 0
                    ? [A.Generation(system, $"req_{i}"), A.Tool(system, $"toolu_{i}")]
                    : [A.GenerationSpan(system, $"req_{i}"), A.Tool(system, $"toolu_{i}")];
                await AppendToAsync(nodes[writer % 4 / 2], token.Key, messages);
            }
        }));

        var rows = await engine.ReadRowsAsync(system);
        rows.Count.ShouldBe(20);
        rows.Where(static r => r.Type == MessageType.Generation).ShouldAllBe(static r => r.Parts == (MessageParts.Event | MessageParts.Span));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AppendAsync_TwoDifferentEventsOfOneRequest_LargerCostStaysMarked(bool largerFirst)
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        Message Larger() => A.Generation(system, Request, costNanodollars: 2_000);
        Message Smaller() => A.Generation(system, Request, costNanodollars: 1_000);

        await AppendAsync(token.Key, largerFirst ? Larger() : Smaller());
        await AppendAsync(token.Key, largerFirst ? Smaller() : Larger());
        await AppendAsync(token.Key, Smaller());

        var row = (await engine.ReadRowsAsync(system)).ShouldHaveSingleItem();
        row.CostNanodollars.ShouldBe(2_000);
        row.Marks.ShouldBe(MessageMarks.Conflict);
    }

    [Theory]
    [InlineData("log")]
    [InlineData("call")]
    [InlineData("span")]
    [InlineData("denial")]
    public async Task AppendAsync_RecordWithoutATimeSentAgainLater_ChangesNothing(string what)
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);

        var first = await AppendTimelessAsync(system, token.Key, what, secondsLater: 60);
        var kept = await engine.ReadRowsAsync(system);
        var again = await AppendTimelessAsync(system, token.Key, what, secondsLater: 90);

        (first.NewMessages, again.NewMessages, again.ChangedMessages).ShouldBe((kept.Count, 0, 0));
        var rows = await engine.ReadRowsAsync(system);
        rows.Select(static row => (row.OccurredAt, row.StartedAt, row.Marks)).ShouldBe(kept.Select(static row => (row.OccurredAt, row.StartedAt, row.Marks)), ignoreOrder: true);

        // One that was on its way for long: the earlier arrival is nearer to what happened.
        await AppendTimelessAsync(system, token.Key, what, secondsLater: 0);
        rows = await engine.ReadRowsAsync(system);
        rows.ShouldAllBe(static row => row.OccurredAt == UnixMicroseconds.From(A.Noon) && !row.Marks.HasFlag(MessageMarks.Conflict));
    }

    [Theory]
    [InlineData("events first")]
    [InlineData("spans first")]
    [InlineData("one batch")]
    public async Task AppendAsync_CallsWithoutIds_OneFormCountsPerSession(string order)
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        Message Event(int minute) => WithoutId(A.Generation(system, $"e{minute}", minute));
        Message Span(int minute) => WithoutId(A.GenerationSpan(system, $"s{minute}", minute));
        Message[] events = [Event(1), Event(2), Event(3)];
        Message[] spans = [Span(1), Span(2)];

        _ = order switch
        {
            "events first" => await AppendAsync(token.Key, events).ContinueWith(_ => AppendAsync(token.Key, spans)).Unwrap(),
            "spans first" => await AppendAsync(token.Key, spans).ContinueWith(_ => AppendAsync(token.Key, events)).Unwrap(),
            _ => await AppendAsync(token.Key, [.. spans, .. events]),
        };

        var rows = await engine.ReadRowsAsync(system);
        rows.Count(static r => r.Type == MessageType.Generation).ShouldBe(3);
        rows.Count(static r => r.Type == MessageType.Repeat).ShouldBe(2);
    }

    [Fact]
    public async Task AppendAsync_ReplayOfAnEventThatLeavesItsTokensToTheSpan_ChangesNothing()
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        Message Event() => A.Generation(system, Request, with: static m =>
            (m.InputTokens, m.OutputTokens, m.CacheReadTokens, m.CacheCreateTokens) = (null, null, null, null));

        await AppendAsync(token.Key, Event(), A.GenerationSpan(system, Request));
        var replay = await AppendAsync(token.Key, Event());

        replay.ChangedMessages.ShouldBe(0);
        var row = (await engine.ReadRowsAsync(system)).ShouldHaveSingleItem();
        (row.CacheReadTokens, row.Marks).ShouldBe((300, MessageMarks.TokensOfSpan));
    }

    [Fact]
    public async Task AppendAsync_EventsThatOnlyHoldContent_DoNotReplaceSpans()
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        var content = A.Message(system, with: static m => (m.Type, m.Name) = (MessageType.Event, "gen_ai.user.message"));

        await AppendAsync(token.Key, content);
        await AppendAsync(token.Key, WithoutId(A.GenerationSpan(system, "s1")));

        (await engine.ReadRowsAsync(system)).Count(static r => r.Type == MessageType.Generation).ShouldBe(1);
    }

    [Fact]
    public async Task AppendAsync_ManyNewNamesAtOnce_AreAllKept()
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);

        await AppendAsync(token.Key, [.. Enumerable.Range(0, 1_200).Select(i => A.Message(system, with: m => m.Name = $"{system.Id} {i}"))]);

        (await engine.ReadRowsAsync(system)).Select(static r => r.NameId).Distinct().Count().ShouldBe(1_200);
    }

    [Fact]
    public async Task AppendAsync_SessionWithSpansOnly_SpansCount()
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);

        await AppendAsync(token.Key, WithoutId(A.GenerationSpan(system, "s1")), WithoutId(A.GenerationSpan(system, "s2")));

        (await engine.ReadRowsAsync(system)).ShouldAllBe(static r => r.Type == MessageType.Generation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AppendAsync_DeniedTool_IsDeniedWhicheverPartComesFirst(bool denialFirst)
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        var span = A.Tool(system, "toolu_1", toolName: "mcp__demo__add", with: static m => m.Parts = MessageParts.Span);
        var denial = A.Tool(system, "toolu_1", toolName: "mcp_tool", with: static m => (m.Parts, m.Status) = (MessageParts.Denial, MessageStatus.Denied));

        await AppendAsync(token.Key, denialFirst ? denial : span);
        await AppendAsync(token.Key, denialFirst ? span : denial);

        var row = (await engine.ReadRowsAsync(system)).ShouldHaveSingleItem();
        row.Status.ShouldBe(MessageStatus.Denied);
        row.Parts.ShouldBe(MessageParts.Span | MessageParts.Denial);
    }

    [Theory]
    [InlineData("outer, inner")]
    [InlineData("inner, outer")]
    public async Task AppendAsync_CallToldByTwoLibraries_InnerCounts(string order)
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        var outer = Library(system, "outer", spanId: 1, parentSpanId: null);
        var inner = Library(system, "inner", spanId: 2, parentSpanId: 1);

        foreach (var name in order.Split(", "))
        {
            await AppendAsync(token.Key, name == "outer" ? outer : inner);
        }

        var rows = await engine.ReadRowsAsync(system);
        rows.Single(static r => r.SpanId == 1).Type.ShouldBe(MessageType.Repeat);
        rows.Single(static r => r.SpanId == 2).Type.ShouldBe(MessageType.Generation);
    }

    [Fact]
    public async Task AppendAsync_TokenOfTheBatch_CountsWhatItBrought()
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        Message[] Messages() => [A.Generation(system, Request), A.GenerationSpan(system, Request)];

        await AppendAsync(token.Key, Messages());
        await AppendAsync(token.Key, Messages());

        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        var kept = await context.Tokens.SingleAsync(t => t.Key == token.Key);
        (kept.MessageCount, kept.LogRecordCount, kept.SpanCount, kept.MetricPointCount).ShouldBe((1, 2, 2, 0));
        kept.LastSpanAt.ShouldBe(A.Noon.AddSeconds(1));
        kept.LastMetricPointAt.ShouldBeNull();
    }

    [Fact]
    public async Task AppendAsync_WhileAnotherConnectionWrites_WaitsForIt()
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        await AppendAsync(token.Key, A.Generation(system, "req_0"));
        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Tokens.Where(t => t.Key == token.Key).ExecuteUpdateAsync(static set => set.SetProperty(static t => t.Name, "Renamed"));

        var append = Task.Run(() => AppendAsync(token.Key, A.Generation(system, Request)));
        // As long as the transaction is open nothing tells from outside that the append has begun to wait; it must not have failed by then.
        await Task.WhenAny(append, Task.Delay(TimeSpan.FromMilliseconds(300)));
        append.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync();

        (await append).NewMessages.ShouldBe(1);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 3, 1, 0, 2 })]
    [InlineData(new[] { 2, 3, 3, 0, 1, 2 })]
    public async Task AppendAsync_CumulativePoints_IncrementsFollowTimeInAnyOrder(int[] order)
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        // Grows to 5, the process starts again, grows to 4.
        MetricPoint[] points = [Point(system, 1, 2, start: 0), Point(system, 2, 5, start: 0), Point(system, 4, 1, start: 3), Point(system, 5, 4, start: 3)];

        foreach (var i in order)
        {
            await _store.AppendAsync([new TelemetryBatch(token.Key, [], [points[i]])], default);
        }

        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        var kept = await context.MetricPoints.Where(p => p.SystemKey == system.Key).OrderBy(static p => p.OccurredAt).Select(static p => p.Increment).ToListAsync();
        kept.ShouldBe([2, 3, 1, 3]);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 3, 2, 1, 0 })]
    [InlineData(new[] { 2, 0, 3, 1, 2 })]
    public async Task AppendAsync_CumulativePointsOfTwoProcessesAtOnce_IncrementsAreOfEachBySelf(int[] order)
    {
        // One tells 5 and 9, the other meanwhile 3 and 6: 15 together.
        await AssertIncrementsAsync(order, static system => [Point(system, 2, 5, start: 0), Point(system, 3, 3, start: 1), Point(system, 4, 9, start: 0), Point(system, 5, 6, start: 1)], [5, 3, 4, 3]);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2 })]
    [InlineData(new[] { 2, 0, 1, 1 })]
    public async Task AppendAsync_CumulativePointsEachWithAStartOfItsOwn_EachIsABeginning(int[] order)
    {
        await AssertIncrementsAsync(order, static system => [Point(system, 2, 2, start: 1), Point(system, 3, 5, start: 2), Point(system, 4, 5, start: 3)], [2, 5, 5]);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2 })]
    [InlineData(new[] { 2, 1, 0 })]
    public async Task AppendAsync_CumulativePointsWhoseStartIsOfAnotherDay_AreOneProcess(int[] order)
    {
        // A clock that was put right, by an hour or by days: the process tells of times before its own start.
        await AssertIncrementsAsync(order, static system => [Point(system, 1, 2, start: 61), Point(system, 60, 5, start: 61), Point(system, 62, 6, start: 61)], [2, 3, 1]);
        await AssertIncrementsAsync(order, static system => [Point(system, 1, 2, start: 9000), Point(system, 60, 5, start: 9000), Point(system, 62, 6, start: 9000)], [2, 3, 1]);
    }

    protected Task<TelemetryAppended> AppendAsync(int tokenKey, params Message[] messages) => AppendToAsync(_store, tokenKey, messages);

    private Task<TelemetryAppended> AppendTimelessAsync(MonitoredSystem system, int tokenKey, string what, int secondsLater)
    {
        var context = new MappingContext(new(system.Key, system.Id, tokenKey, Guid.Empty, "al_test", 30, 4096), A.Noon.AddSeconds(secondsLater), 1024);
        var mapped = what == "span"
            ? Mapped.Of(OtlpSignal.Traces, Build.Spans([], "scope", Timeless(Build.Span("work"))), context)
            : Mapped.Of(OtlpSignal.Logs, Build.Logs([], "com.anthropic.claude_code.events", Timeless(what switch
            {
                "call" => Build.Event("api_request", "session.id", "s", "request_id", Request, "duration_ms", 1500, "cost_usd", 0.01),
                "denial" => Build.Event("tool_decision", "session.id", "s", "tool_use_id", "toolu_1", "decision", "reject"),
                _ => Build.Event("something"),
            })), context);
        return _store.AppendAsync([new TelemetryBatch(tokenKey, mapped.Messages, [])], default);
    }

    private static LogRecord Timeless(LogRecord log)
    {
        (log.TimeUnixNano, log.ObservedTimeUnixNano) = (0, 0);
        return log;
    }

    private static Span Timeless(Span span)
    {
        (span.StartTimeUnixNano, span.EndTimeUnixNano) = (0, 0);
        return span;
    }

    private async Task AssertIncrementsAsync(int[] order, Func<MonitoredSystem, MetricPoint[]> told, double?[] increments)
    {
        var system = await engine.CreateSystemAsync();
        var token = await engine.CreateTokenAsync(system);
        var points = told(system);
        foreach (var i in order)
        {
            await _store.AppendAsync([new TelemetryBatch(token.Key, [], [points[i]])], default);
        }

        await using var context = await engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
        (await context.MetricPoints.Where(p => p.SystemKey == system.Key).OrderBy(static p => p.OccurredAt).Select(static p => p.Increment).ToListAsync()).ShouldBe(increments);
    }

    private static Task<TelemetryAppended> AppendToAsync(ITelemetryStore store, int tokenKey, Message[] messages)
    {
        foreach (var message in messages)
        {
            message.TokenKey = tokenKey;
        }

        return store.AppendAsync([new TelemetryBatch(tokenKey, messages, [])], default);
    }

    private static Message WithoutId(Message message)
    {
        message.RequestId = null;
        return message;
    }

    private static Message Library(MonitoredSystem system, string scope, long spanId, long? parentSpanId) => new()
    {
        SystemKey = system.Key,
        Key = new(Session(system.Key, SessionSource.Trace, "t"), Call(CallSource.Span, scope)),
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
        Attributes = AttributeSet.Create($$"""{"otel.scope.name":"{{scope}}"}"""),
    };

    private static MetricPoint Point(MonitoredSystem system, int minute, double value, int start) => new()
    {
        SystemKey = system.Key,
        SeriesKey = 7,
        TokenKey = 1,
        Name = "claude_code.cost.usage",
        Unit = "USD",
        Kind = MetricKind.Sum,
        Temporality = MetricTemporality.Cumulative,
        StartedAt = A.Noon.AddMinutes(start),
        OccurredAt = A.Noon.AddMinutes(minute),
        ReceivedAt = A.Noon,
        Value = value,
        Attributes = AttributeSet.Empty,
        Metadata = "{}",
    };
}

public sealed class SqliteTelemetryStoreTests(SqliteFixture engine) : TelemetryStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresTelemetryStoreTests(PostgresFixture engine) : TelemetryStoreTests(engine), IClassFixture<PostgresFixture>
{
    private readonly EngineFixture _engine = engine;

    [Fact]
    public async Task AppendAsync_DeadlockAfterItsFirstRows_TriesAgain()
    {
        string[] requests = [.. Enumerable.Range(0, 3).Select(static i => $"req_{i}")];

        // On a machine that stands still for a second the other connection may be the one that is rolled back. Each try
        // has a System of its own: the row to lock is the last of the System, and must be one that is written.
        for (var again = true; again;)
        {
            var system = await _engine.CreateSystemAsync();
            var token = await _engine.CreateTokenAsync(system);
            await AppendAsync(token.Key, [.. requests.Select(request => A.GenerationSpan(system, request))]);
            await using var context = await _engine.Get<IDbContextFactory<ActivityLogDbContext>>().CreateDbContextAsync();
            await using var transaction = await context.Database.BeginTransactionAsync();
            await LockAsync(context, system, "DESC");
            var append = AppendAsync(token.Key, [.. requests.Select(request => A.Generation(system, request))]);
            await Soon.TrueAsync(() => context.Database.SqlQuery<bool>(
                $"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))) AS \"Value\"").SingleAsync());
            try
            {
                await LockAsync(context, system, "ASC");
                await transaction.CommitAsync();
                again = false;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                await transaction.RollbackAsync();
            }

            (await append).ChangedMessages.ShouldBe(3);
        }
    }

    private static Task<int> LockAsync(ActivityLogDbContext context, MonitoredSystem system, string order)
    {
#pragma warning disable EF1002 // The order is one of two constants.
        return context.Database.ExecuteSqlRawAsync($"SELECT 1 FROM messages WHERE system_key = {{0}} ORDER BY session_key, call_key {order} LIMIT 1 FOR UPDATE", system.Key);
#pragma warning restore EF1002
    }
}
