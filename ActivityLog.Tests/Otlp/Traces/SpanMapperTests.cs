using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp;
using OpenTelemetry.Proto.Trace.V1;

namespace ActivityLog.Tests.Otlp.Traces;

public sealed class SpanMapperTests
{
    private const string ClaudeScope = "com.anthropic.claude_code.tracing";

    public static TheoryData<string, object[], MessageType> Types => new()
    {
        { "claude_code.llm_request", [], MessageType.Generation },
        { "claude_code.llm_request", ["success", false], MessageType.Error },
        { "claude_code.tool", ["gen_ai.operation.name", "execute_tool"], MessageType.Tool },
        { "claude_code.tool.execution", ["tool_use_id", "toolu_1"], MessageType.Span },
        { "claude_code.interaction", ["gen_ai.operation.name", "invoke_agent"], MessageType.Turn },
        { "chat gpt-5", ["gen_ai.operation.name", "chat"], MessageType.Generation },
        { "embeddings x", ["gen_ai.operation.name", "embeddings"], MessageType.Generation },
        { "execute_tool add", ["gen_ai.operation.name", "execute_tool"], MessageType.Tool },
        { "invoke_agent a", ["gen_ai.operation.name", "invoke_agent"], MessageType.Turn },
        { "ChatOpenAI", ["openinference.span.kind", "LLM"], MessageType.Generation },
        { "step", ["openinference.span.kind", "CHAIN"], MessageType.Span },
        { "ai.generateText", ["ai.operationId", "ai.generateText", "ai.usage.promptTokens", 3], MessageType.Turn },
        { "ai.generateText.doGenerate", ["ai.operationId", "ai.generateText.doGenerate"], MessageType.Generation },
        { "openai.chat", ["llm.request.type", "chat"], MessageType.Generation },
        { "old", ["gen_ai.system", "openai", "gen_ai.request.model", "m", "gen_ai.usage.prompt_tokens", 1, "gen_ai.usage.completion_tokens", 1], MessageType.Generation },
        { "GET /", ["http.request.method", "GET"], MessageType.Span },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Map_EachKindOfSpan_HasItsType(string name, object[] attributes, MessageType type) =>
        Map(Build.Span(name, attributes)).Type.ShouldBe(type);

    [Fact]
    public void Map_CallAndOtherSpan_HappenAtTheirEndAndTheirStart()
    {
        Map(Build.Span("claude_code.llm_request")).OccurredAt.ShouldBe(Build.NoonTime.AddSeconds(1));
        Map(Build.Span("GET /")).OccurredAt.ShouldBe(Build.NoonTime);
        Map(Build.Span("GET /")).DurationMs.ShouldBe(1000);
    }

    [Theory]
    [InlineData("request_id", "api_request", "claude_code.llm_request")]
    [InlineData("tool_use_id", "tool_result", "claude_code.tool")]
    public void Map_EventAndSpanOfOneCall_HaveOneKeyWithAndWithoutSession(string id, string eventName, string spanName)
    {
        foreach (object[] session in new object[][] { [], ["session.id", "s"] })
        {
            // A tool's event bears the request id of its generation; its span doesn't.
            var log = Build.Event(eventName, ["request_id", "id_1", id, "id_1", .. session]);
            var span = Build.Span(spanName, [id, "id_1", .. session]);

            var ofEvent = Mapped.Of(OtlpSignal.Logs, Build.Logs([], "com.anthropic.claude_code.events", log)).Messages.ShouldHaveSingleItem();

            Map(span, ClaudeScope).Key.ShouldBe(ofEvent.Key);
        }
    }

    [Fact]
    public void Map_CallWithoutAnId_IsKnownByTraceAndSpan()
    {
        var one = Map(Build.Span("claude_code.llm_request", "session.id", "s", "model", "a"));
        var same = Map(Build.Span("claude_code.llm_request", "session.id", "s", "model", "b"));

        same.Key.ShouldBe(one.Key);
        one.RequestId.ShouldBeNull();
    }

    [Theory]
    [InlineData(1000, 600, 100, null, 300)]
    [InlineData(1000, 0, 0, null, 1000)]
    [InlineData(50, 600, 100, null, 50)]
    [InlineData(1000, 600, 100, 1720, 1000)]
    [InlineData(1000, 600, 100, 1020, 300)]
    public void Map_InputWithItsCache_IsKeptUncached(int input, int read, int created, int? total, long expected)
    {
        object[] attributes =
        [
            "gen_ai.operation.name", "chat", "gen_ai.usage.input_tokens", input, "gen_ai.usage.output_tokens", 20,
            "gen_ai.usage.cache_read.input_tokens", read, "gen_ai.usage.cache_creation.input_tokens", created,
            .. total is null ? Array.Empty<object>() : ["gen_ai.usage.total_tokens", total],
        ];

        var message = Map(Build.Span("chat m", attributes));

        message.InputTokens.ShouldBe(expected);
        message.OutputTokens.ShouldBe(20);
        Build.Metadata(message).ShouldContainKey("usage.rule");
    }

    [Fact]
    public void Map_UsageOfClaudeCode_IsTakenAsSent()
    {
        var message = Map(Build.Span("claude_code.llm_request", "input_tokens", 52, "cache_read_tokens", 37036, "output_tokens", 382), ClaudeScope);

        (message.InputTokens, message.CacheReadTokens, message.OutputTokens).ShouldBe((52, 37036, 382));
        Build.Metadata(message).ShouldNotContainKey("usage.rule");
    }

    [Fact]
    public void Map_RollUp_PromotesNoUsage()
    {
        var message = Map(Build.Span("invoke_agent a", "gen_ai.operation.name", "invoke_agent", "gen_ai.usage.input_tokens", 5, "gen_ai.usage.output_tokens", 5, "cost_usd", 1.0));

        (message.InputTokens, message.OutputTokens, message.CostNanodollars).ShouldBe((null, null, null));
        Build.Metadata(message)["gen_ai.usage.input_tokens"].GetInt64().ShouldBe(5);
    }

    [Fact]
    public void Map_ModelsAskedAndAnswered_TheOneThatAnsweredIsTaken() =>
        Map(Build.Span("chat m", "gen_ai.operation.name", "chat", "gen_ai.request.model", "asked", "gen_ai.response.model", "answered", "gen_ai.provider.name", "openai"))
            .ShouldSatisfyAllConditions(static message => message.Model.ShouldBe("answered"), static message => message.Provider.ShouldBe("openai"));

    [Fact]
    public void Map_FailedCall_IsAnErrorInTheSendersWords()
    {
        var span = Build.Span("chat m", "gen_ai.operation.name", "chat", "gen_ai.usage.input_tokens", 5);
        span.Status = new Status { Code = Status.Types.StatusCode.Error, Message = "quota" };

        var message = Map(span);

        (message.Type, message.Status, message.Level, message.Error).ShouldBe((MessageType.Error, MessageStatus.Error, MessageLevel.Error, "quota"));
        message.InputTokens.ShouldBeNull();
    }

    [Fact]
    public void Map_ToolThatNeverRan_HasNoStatusOfItsOwn() => Map(Build.Span("claude_code.tool", "tool_use_id", "t"), ClaudeScope).Status.ShouldBeNull();

    [Fact]
    public void Map_OutputOfATool_IsTheBodyAndIsntKeptTwice()
    {
        var span = Build.Span("claude_code.tool", "tool_use_id", "t");
        span.Events.Add(new Span.Types.Event { Name = "tool.output", TimeUnixNano = Build.Noon, Attributes = { Build.Attributes("output", "the output", "bash_command", "ls") } });

        var message = Map(span, ClaudeScope);

        message.Body.ShouldBe("the output");
        message.Metadata.ShouldContain("bash_command");
        message.Metadata.ShouldNotContain("the output");
    }

    [Fact]
    public void Map_SpanWithoutIds_IsKnownByItsContent()
    {
        var span = Build.Span("work");
        span.TraceId = Google.Protobuf.ByteString.CopyFrom(new byte[16]);
        span.SpanId = Google.Protobuf.ByteString.CopyFrom(1, 2);
        var later = span.Clone();
        later.EndTimeUnixNano++;

        Map(span).TraceId.ShouldBeNull();
        Map(span).Key.ShouldBe(Map(span.Clone()).Key);
        Map(later).Key.ShouldNotBe(Map(span).Key);
    }

    private static Message Map(Span span, string scope = "app") =>
        Mapped.Of(OtlpSignal.Traces, Build.Spans([], scope, span)).Messages.ShouldHaveSingleItem();
}
