using ActivityLog.Core.Messages;
using ActivityLog.Core.Storage;
using ActivityLog.Core.Systems;
using ActivityLog.Core.Tokens;
using ActivityLog.Tests.Support;

namespace ActivityLog.Tests.Messages;

public abstract class MessageStoreTests(EngineFixture engine)
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private readonly IMessageStore _messages = engine.Get<IMessageStore>();

    [Fact]
    public async Task ListAsync_Pages_AreNewestFirstAndHoldEachMessageOnce()
    {
        var system = await engine.CreateSystemAsync();
        // Seven at one moment: the id decides.
        await AppendAsync([.. Enumerable.Range(0, 20).Select(i => A.Message(system, minute: i < 7 ? 0 : i))]);

        List<MessageView> seen = [];
        string? cursor = null;
        do
        {
            var page = await _messages.ListAsync(Query.Messages(system, $"take=3{(cursor is null ? "" : "&cursor=" + cursor)}"), CancellationToken.None);
            seen.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        seen.Select(static m => m.Id).Distinct().Count().ShouldBe(20);
        seen.Select(static m => m.OccurredAt).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task ListAsync_SeveralSystems_MergesThemAndLeavesOthersOut()
    {
        var (one, two, unseen) = (await engine.CreateSystemAsync(), await engine.CreateSystemAsync(), await engine.CreateSystemAsync());
        await AppendAsync([.. Enumerable.Range(0, 6).Select(i => A.Message(i % 2 == 0 ? one : two, minute: i)), A.Message(unseen, minute: 9)]);

        var page = await _messages.ListAsync(new MessageQuery { SystemKeys = [one.Key, two.Key], Take = 4 }, CancellationToken.None);

        page.Items.Select(static m => m.SystemId).ShouldBe([two.Id, one.Id, two.Id, one.Id]);
        page.NextCursor.ShouldNotBeNull();
        (await _messages.ListAsync(new MessageQuery { SystemKeys = [] }, CancellationToken.None)).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("type=ai.generation", 1)]
    [InlineData("type=ai.generation&type=ai.tool", 2)]
    [InlineData("model=claude-sonnet-5-5", 1)]
    [InlineData("model=", 2)]
    [InlineData("toolName=Bash&status=ok", 1)]
    [InlineData("toolName=Bash&status=error", 0)]
    [InlineData("level=warn", 1)]
    [InlineData("sessionId=other", 1)]
    [InlineData("sessionId=none", 0)]
    [InlineData("sessionId=other&sessionId=7a0ee2d7-31cf-423f-b734-b70746af50ab", 3)]
    [InlineData("requestId=req_1", 1)]
    [InlineData("signal=log", 3)]
    [InlineData("signal=span", 0)]
    [InlineData("metadata.team=blue", 2)]
    [InlineData("meta.team=red", 1)]
    [InlineData("metadata.session.id=s-1", 1)]
    [InlineData("metadata.flag=true", 1)]
    [InlineData("metadata.count=12", 1)]
    [InlineData("metadata.ratio=0.5", 1)]
    [InlineData("metadata.team=", 0)]
    [InlineData("metadata.flag=", 2)]
    [InlineData("q=SONNET", 1)]
    [InlineData("q=bash", 1)]
    [InlineData("q=100%25 of it_", 1)]
    [InlineData("q=100x of it_", 0)]
    [InlineData("q=broken pipe", 1)]
    [InlineData("q=Straße", 1)]
    [InlineData("q=it\\_", 0)]
    [InlineData("q=api_req", 1)]
    [InlineData("from=2026-05-01T12:01:00Z&to=2026-05-01T12:02:00Z", 1)]
    [InlineData("to=2026-05-01", 3)]
    [InlineData("from=2026-05-02", 0)]
    public async Task ListAsync_Filter_GivesWhatFulfilsIt(string filter, int expected)
    {
        var system = await engine.CreateSystemAsync();
        await AppendAsync(
        [
            A.Generation(system, "req_1", with: static m => m.Attributes = AttributeSet.Create("""{"team":"blue"}""")),
            A.Tool(system, "toolu_1", minute: 1, with: static m =>
            {
                m.Attributes = AttributeSet.Create("""{"team":"blue"}""");
                m.Metadata = """{"team":"red","session.id":"s-1"}""";
                m.Error = "Broken pipe";
            }),
            A.Message(system, minute: 2, session: "other", with: static m =>
            {
                m.Level = MessageLevel.Warn;
                m.Body = "100% of it_, 5 Straße";
                m.Metadata = """{"flag":true,"count":12,"ratio":0.5,"team":"blue","nothing":null}""";
            }),
        ]);

        (await _messages.ListAsync(Query.Messages(system, filter), CancellationToken.None)).Items.Count.ShouldBe(expected);
    }

    [Fact]
    public async Task GetAsync_AMessage_HasEveryField()
    {
        var system = await engine.CreateSystemAsync();
        var token = (await engine.Get<ITokenStore>().CreateAsync(new NewToken(system.Key, "laptop", 30, null, null), CancellationToken.None)).Token;
        var sent = A.Generation(system, "req_1", costNanodollars: 11_657_500, with: message =>
        {
            message.TokenKey = token.Key;
            message.ExpiresAt = A.Noon.AddDays(30);
            message.TimeToFirstTokenMs = 89.5;
            message.Attributes = AttributeSet.Create("""{"service.name":"claude-code","team":"blue"}""");
            message.Metadata = """{"team":"red","speed":"normal","attempt":1}""";
        });
        await AppendAsync([sent, A.GenerationSpan(system, "req_1", with: static m => m.ExpiresAt = A.Noon.AddDays(7))], token.Key);

        var view = (await _messages.GetAsync(sent.Key.ToGuid(), [system.Key], CancellationToken.None))!;

        (view.SystemId, view.TokenId, view.Signal, view.Type).ShouldBe((system.Id, token.Id, MessageSignal.Log, MessageType.Generation));
        (view.OccurredAt, view.StartedAt, view.ExpiresAt).ShouldBe((A.Noon, A.Noon.AddMilliseconds(-1500), A.Noon.AddDays(30)));
        (view.Model, view.Provider, view.UserName, view.ServiceName).ShouldBe(("claude-sonnet-5-5", "anthropic", "alice", "claude-code"));
        (view.InputTokens, view.OutputTokens, view.CacheReadTokens, view.CacheCreateTokens).ShouldBe((10, 20, 300, 40));
        // Half to even.
        (view.CostMicrocents, view.CostNanodollars, view.ListCostMicrocents).ShouldBe((11_658, 11_657_500, null));
        (view.DurationMs, view.TimeToFirstTokenMs).ShouldBe((1500, 89.5));
        (view.TraceId, view.SpanId).ShouldBe((Trace, "00f067aa0ba902b7"));
        view.Metadata.ToDictionary(static p => p.Key, static p => p.Value.ToString())
            .ShouldBe(new Dictionary<string, string> { ["attempt"] = "1", ["service.name"] = "claude-code", ["speed"] = "normal", ["team"] = "red" });
    }

    [Fact]
    public async Task GetAsync_FromASystemThatMayNotBeSeen_IsNull()
    {
        var (system, other) = (await engine.CreateSystemAsync(), await engine.CreateSystemAsync());
        var sent = A.Message(system);
        var id = sent.Key.ToGuid();
        await AppendAsync([sent]);

        (await _messages.GetAsync(id, [other.Key], CancellationToken.None)).ShouldBeNull();
        (await _messages.GetAsync(id, [], CancellationToken.None)).ShouldBeNull();
        (await _messages.ListChildrenAsync(id, [other.Key], CancellationToken.None)).ShouldBeNull();
        (await _messages.ListTraceAsync(id, [other.Key], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task GetAsync_AGeneration_IsShownWithItsPromptAndCompletion()
    {
        var system = await engine.CreateSystemAsync();
        var (first, second) = (Generation("req_1", 1), Generation("req_2", 2));
        await AppendAsync(
        [
            Text(MessageType.Prompt, 0, "fix it", null),
            first,
            second,
            Text(MessageType.Response, 1, "I will", "req_1"),
            Text(MessageType.Response, 3, "Done", "req_2"),
        ]);

        (await _messages.GetAsync(first.Key.ToGuid(), [system.Key], CancellationToken.None))!.Body.ShouldBe("fix it\n\nI will");
        (await _messages.GetAsync(second.Key.ToGuid(), [system.Key], CancellationToken.None))!.Body.ShouldBe("Done");
        (await _messages.ListAsync(Query.Messages(system, "type=ai.generation"), CancellationToken.None)).Items.Select(static m => m.Body)
            .ShouldBe(["Done", "fix it\n\nI will"]);

        Message Generation(string request, int minute) => A.Generation(system, request, minute, with: static m => m.PromptId = "p-1");
        Message Text(MessageType type, int minute, string text, string? request) => A.Message(system, minute, with: message =>
        {
            (message.Type, message.Body, message.PromptId, message.RequestId) = (type, text, "p-1", request);
        });
    }

    [Fact]
    public async Task GetAsync_JoinedTextLongerThanThePlanKeeps_IsCutAndSaysSo()
    {
        var system = await engine.CreateSystemAsync(SystemPlan.Free);
        var generation = A.Generation(system, "req_1", with: static m => m.PromptId = "p-1");
        await AppendAsync(
        [
            generation,
            A.Message(system, with: static m => (m.Type, m.Body, m.PromptId) = (MessageType.Prompt, new string('p', 200), "p-1")),
            A.Message(system, with: static m => (m.Type, m.Body, m.RequestId) = (MessageType.Response, new string('r', 200), "req_1")),
        ]);

        var view = (await _messages.GetAsync(generation.Key.ToGuid(), [system.Key], CancellationToken.None))!;

        (view.Body!.Length, view.BodyCut).ShouldBe((256, true));
    }

    [Fact]
    public async Task ListChildrenAsync_AGeneration_HasTheToolsItAskedFor()
    {
        var system = await engine.CreateSystemAsync();
        var generation = A.Generation(system, "req_1");
        var mine = A.Tool(system, "toolu_1", minute: 1, with: static m => m.RequestId = "req_1");
        var other = A.Tool(system, "toolu_2", minute: 1, with: static m => m.RequestId = "req_2");
        await AppendAsync([generation, mine, other]);

        var children = await _messages.ListChildrenAsync(generation.Key.ToGuid(), [system.Key], CancellationToken.None);

        var child = children!.Items.ShouldHaveSingleItem();
        (child.Id, child.ParentId).ShouldBe((mine.Key.ToGuid(), generation.Key.ToGuid()));
        child.Metadata.Keys.ShouldNotContain("parent.rule");
    }

    [Fact]
    public async Task ParentId_WithoutRequestId_IsTheLatestGenerationThatBeganBefore()
    {
        var system = await engine.CreateSystemAsync();
        // The tool begins while req_2 still streams; a side call and a subagent's call began later, but ask for no tool of this conversation.
        var (first, second) = (Generation("req_1", 1, "sdk"), Generation("req_2", 3, "sdk"));
        var tool = A.Tool(system, "toolu_1", minute: 2, with: static m => m.StartedAt = A.Noon.AddMinutes(2).AddSeconds(58.9));
        await AppendAsync([first, second, Generation("req_3", 3, "compact", -100), Generation("req_4", 3, "sdk", -90, "a-1"), tool]);

        var view = (await _messages.GetAsync(tool.Key.ToGuid(), [system.Key], CancellationToken.None))!;

        view.ParentId.ShouldBe(second.Key.ToGuid());
        view.Metadata["parent.rule"].GetString()!.ShouldContain("best guess");
        (await _messages.ListChildrenAsync(second.Key.ToGuid(), [system.Key], CancellationToken.None))!.Items.ShouldHaveSingleItem().Id.ShouldBe(view.Id);
        (await _messages.ListChildrenAsync(first.Key.ToGuid(), [system.Key], CancellationToken.None))!.Items.ShouldBeEmpty();

        Message Generation(string request, int minute, string source, int later = 0, string? agent = null) => A.Generation(system, request, minute, with: message =>
        {
            message.StartedAt = message.OccurredAt.AddMilliseconds(-1500 + later);
            message.Metadata = $$"""{"query_source":"{{source}}"{{(agent is null ? "" : $",\"agent_id\":\"{agent}\"")}}}""";
        });
    }

    [Fact]
    public async Task ParentId_OfAPageOfLongSessions_IsThatOfEachMessage()
    {
        var system = await engine.CreateSystemAsync();
        const int Calls = 11_000;
        Message[] tools = [.. Enumerable.Range(0, 20).Select(i => A.Tool(system, $"toolu_{i}", minute: 60, session: Session(i), toolName: "Rare"))];
        await AppendAsync(
        [
            .. Enumerable.Range(0, 2 * Calls).Select(i => A.Generation(system, $"req_{i}", session: Session(i), with: message =>
            {
                message.OccurredAt = A.Noon.AddMilliseconds(i);
                message.StartedAt = message.OccurredAt;
                message.Metadata = """{"query_source":"sdk"}""";
            })),
            .. tools,
        ]);

        var page = await _messages.ListAsync(Query.Messages(system, "type=ai.tool&take=100"), CancellationToken.None);

        page.Items.Count.ShouldBe(tools.Length);
        foreach (var item in page.Items)
        {
            item.ParentId.ShouldNotBeNull();
            item.ParentId.ShouldBe((await _messages.GetAsync(item.Id, [system.Key], CancellationToken.None))!.ParentId);
        }

        static string Session(int i) => $"long {i % 2}";
    }

    [Fact]
    public async Task ParentId_OfASpanBelowAGeneration_IsThatGeneration()
    {
        var system = await engine.CreateSystemAsync();
        var generation = Span(MessageType.Generation, 1, null);
        var between = Span(MessageType.Span, 2, 1);
        var tool = Span(MessageType.Tool, 3, 2);
        await AppendAsync([tool, between, generation]);

        var view = (await _messages.GetAsync(tool.Key.ToGuid(), [system.Key], CancellationToken.None))!;
        var trace = await _messages.ListTraceAsync(tool.Key.ToGuid(), [system.Key], CancellationToken.None);
        var children = await _messages.ListChildrenAsync(generation.Key.ToGuid(), [system.Key], CancellationToken.None);

        view.ParentId.ShouldBe(generation.Key.ToGuid());
        view.Metadata["parent.rule"].GetString()!.ShouldContain("span tree");
        trace.Select(static m => m.Id).ShouldBe([generation.Key.ToGuid(), between.Key.ToGuid(), tool.Key.ToGuid()]);
        children!.Items.Select(static m => m.Id).ShouldBe([between.Key.ToGuid(), tool.Key.ToGuid()]);

        Message Span(MessageType type, long span, long? parent) => A.Message(system, (int)span, with: message =>
        {
            (message.Type, message.Parts, message.TraceId, message.SpanId, message.ParentSpanId) = (type, MessageParts.Span, Convert.FromHexString(Trace), span, parent);
        });
    }

    [Fact]
    public async Task ListTraceAsync_OfAMessage_IsAllOfItsPrompt()
    {
        var system = await engine.CreateSystemAsync();
        var generation = A.Generation(system, "req_1", minute: 1, with: static m => m.PromptId = "p-1");
        await AppendAsync([A.Message(system, with: static m => m.PromptId = "p-1"), generation, A.Message(system, minute: 2, with: static m => m.PromptId = "p-2")]);

        (await _messages.ListTraceAsync(generation.Key.ToGuid(), [system.Key], CancellationToken.None)).Count.ShouldBe(2);
    }

    private Task<TelemetryAppended> AppendAsync(IReadOnlyList<Message> messages, int tokenKey = 1) =>
        engine.Get<ITelemetryStore>().AppendAsync([new TelemetryBatch(tokenKey, messages, [])], CancellationToken.None);
}

public sealed class SqliteMessageStoreTests(SqliteFixture engine) : MessageStoreTests(engine), IClassFixture<SqliteFixture>;

public sealed class PostgresMessageStoreTests(PostgresFixture engine) : MessageStoreTests(engine), IClassFixture<PostgresFixture>;
