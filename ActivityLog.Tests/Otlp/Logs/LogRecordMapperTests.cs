using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp;
using ActivityLog.Ingest.Otlp.Mapping;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;

namespace ActivityLog.Tests.Otlp.Logs;

public sealed class LogRecordMapperTests
{
    private const string Scope = "com.anthropic.claude_code.events";
    private static readonly KeyValue[] s_resource = Build.Attributes("service.name", "claude-code", "user.name", "alice");

    public static TheoryData<object, object, object> Numbers => new()
    {
        { 540L, 0.0534378, true },
        { "540", "0.0534378", "true" },
        { 540.0, "5.34378e-2", "True" },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Map_NumbersOfEachType_AreTheSame(object tokens, object cost, object success)
    {
        var message = MapOne(Build.Event("api_request", "input_tokens", tokens, "cost_usd", cost, "success", success, "duration_ms", tokens));

        message.Type.ShouldBe(MessageType.Generation);
        message.InputTokens.ShouldBe(540);
        message.CostNanodollars.ShouldBe(53_437_800);
        message.Status.ShouldBe(MessageStatus.Ok);
        message.StartedAt.ShouldBe(Build.NoonTime.AddMilliseconds(-540));
    }

    [Fact]
    public void Map_CostInMicrosOnly_IsTaken() =>
        MapOne(Build.Event("api_request", "cost_usd_micros", "11658")).CostNanodollars.ShouldBe(11_658_000);

    [Theory]
    [InlineData("api_request", MessageType.Generation)]
    [InlineData("api_error", MessageType.Error)]
    [InlineData("api_refusal", MessageType.Refusal)]
    [InlineData("api_retries_exhausted", MessageType.Event)]
    [InlineData("tool_decision", MessageType.Decision)]
    [InlineData("tool_result", MessageType.Tool)]
    [InlineData("user_prompt", MessageType.Prompt)]
    [InlineData("assistant_response", MessageType.Response)]
    [InlineData("something_new", MessageType.Event)]
    public void Map_EventOfClaudeCode_HasItsTypeAndName(string name, MessageType type)
    {
        var message = MapOne(Build.Event(name));

        message.Type.ShouldBe(type);
        message.Name.ShouldBe(name);
        message.Body.ShouldBeNull();
        message.ServiceName.ShouldBe("claude-code");
        message.UserName.ShouldBe("alice");
        message.ExpiresAt.ShouldBe(Mapped.ReceivedAt.AddDays(30));
    }

    [Fact]
    public void Map_SameContentInAnotherOrder_HasTheSameKeyAndSet()
    {
        var one = Build.Event("user_prompt", "a", 1, "b", "x", "session.id", "s", "user.id", "u");
        var other = Build.Event("user_prompt", "b", "x", "user.id", "u", "a", 1, "session.id", "s");
        var resource = s_resource.Reverse().ToArray();

        var (first, second) = (MapOne(one), MapOne(other, resource));

        second.Key.ShouldBe(first.Key);
        second.Attributes.ShouldBe(first.Attributes);
    }

    [Theory]
    [InlineData("time")]
    [InlineData("attribute")]
    [InlineData("type of a value")]
    [InlineData("body")]
    [InlineData("resource")]
    public void Map_AnyDifferenceInContent_IsAnotherMessage(string difference)
    {
        var log = Build.Event("user_prompt", "a", 1, "session.id", "s");
        var other = Build.Event("user_prompt", "a", difference switch { "attribute" => 2, "type of a value" => "1", _ => 1 }, "session.id", "s");
        other.TimeUnixNano += difference == "time" ? 1UL : 0;
        other.Body = difference == "body" ? Build.Value("other") : other.Body;

        var key = MapOne(other, difference == "resource" ? Build.Attributes("service.name", "other") : null).Key;

        key.Call.ShouldNotBe(MapOne(log).Key.Call);
        key.Session.ShouldBe(MapOne(log).Key.Session);
    }

    [Theory]
    [InlineData("user.email", "user.name", "first")]
    [InlineData("enduser.id", "user.name", "first")]
    [InlineData("user.account_uuid", "user.id", "first")]
    [InlineData("user.name", "user.id", "first")]
    public void Map_SeveralNamesOfAPerson_TheBestIsTaken(string best, string other, string expected) =>
        MapOne(Build.Event("user_prompt", other, "second", best, "first"), []).UserName.ShouldBe(expected);

    [Fact]
    public void Map_UserIdOnTheResource_StandsBeforeTheInstallation()
    {
        var message = MapOne(Build.Event("user_prompt", "user.id", "82c1feddd6518ea6", "user.account_uuid", "b"), Build.Attributes("user.id", "alice@example.com"));

        message.UserName.ShouldBe("alice@example.com");
        Build.Metadata(message)["user.id"].GetString().ShouldBe("alice@example.com");
        Build.Metadata(message)["record.user.id"].GetString().ShouldBe("82c1feddd6518ea6");
    }

    [Fact]
    public void Map_EmptyNameOnTheResource_IsNoName() =>
        MapOne(Build.Event("user_prompt", "user.id", "installation"), Build.Attributes("user.name", "")).UserName.ShouldBe("installation");

    [Fact]
    public void Map_RecordAndResourceDiffer_TheRecordWinsAndTheOtherIsKept()
    {
        var metadata = Build.Metadata(MapOne(Build.Event("user_prompt", "team", "blue"), Build.Attributes("team", "red", "service.name", "x")));

        metadata["team"].GetString().ShouldBe("blue");
        metadata["resource.team"].GetString().ShouldBe("red");
        metadata["otel.scope.name"].GetString().ShouldBe(Scope);
    }

    [Fact]
    public void Map_EqualNames_TheLastWins() =>
        Build.Metadata(MapOne(Build.Event("user_prompt", "a", 1, "a", 2)))["a"].GetInt64().ShouldBe(2);

    [Fact]
    public void Map_TextThatNoDatabaseTakes_IsRepaired()
    {
        var message = MapOne(Build.Event("user_prompt", "prompt", "a\0b", "k\0", "v"));

        message.Body.ShouldBe("a\uFFFDb");
        Build.Metadata(message)["k\uFFFD"].GetString().ShouldBe("v");
    }

    [Fact]
    public void Map_RedactedPrompt_HasNoBody() =>
        MapOne(Build.Event("user_prompt", "prompt", "<REDACTED>", "prompt_length", "12")).Body.ShouldBeNull();

    [Fact]
    public void Map_LongPrompt_IsCutAtAWholeCharacterAndMarked()
    {
        var family = "👩‍👩‍👧";
        var message = MapOne(Build.Event("user_prompt", "prompt", "abc" + family + family), context: Mapped.Context(bodyCharacters: 10));

        message.Body.ShouldBe("abc" + family);
        message.Marks.ShouldBe(MessageMarks.BodyCut);
        Build.Metadata(message)["prompt"].GetString().ShouldBe("abc" + family);
        Build.Metadata(message)["attributes.cut"][0].GetString().ShouldBe("prompt");
    }

    [Fact]
    public void Map_MetadataTooLargeAsAWhole_CutsTheLargestValuesFirst()
    {
        object[] large = [.. Enumerable.Range(0, 20).SelectMany(static i => new object[] { $"large.{i}", new string('x', 100_000) })];

        var message = MapOne(Build.Event("user_prompt", ["small", new string('y', 5_000), .. large]));
        var metadata = Build.Metadata(message);

        message.Metadata.Length.ShouldBeInRange(250_000, 263_000);
        metadata["small"].GetString()!.Length.ShouldBe(5_000);
        metadata["large.0"].GetString()!.Length.ShouldBe(metadata["large.19"].GetString()!.Length);
        metadata["attributes.cut"].GetArrayLength().ShouldBe(20);
    }

    [Fact]
    public void Map_MoreNamesThanMetadataHolds_KeepsTheFirstAndSaysSo()
    {
        object[] many = [.. Enumerable.Range(0, 20_000).SelectMany(static i => new object[] { $"a.long.enough.name.of.an.attribute.{i}", i })];

        var message = MapOne(Build.Event("user_prompt", many));

        message.Metadata.Length.ShouldBeLessThan(512 * 1024);
        Build.Metadata(message)["attributes.cut"].EnumerateArray().Last().GetString().ShouldBe("…");
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1e12, 1e12)]
    [InlineData(-1.0, null)]
    [InlineData(1e308, null)]
    public void Map_DurationThatIsNone_IsNull(double sent, double? expected)
    {
        var message = MapOne(Build.Event("api_request", "duration_ms", sent, "ttft_ms", sent));

        (message.DurationMs, message.TimeToFirstTokenMs).ShouldBe((expected, expected));
    }

    [Fact]
    public void Map_LongAttribute_IsCutAndNamed()
    {
        var metadata = Build.Metadata(MapOne(Build.Event("user_prompt", "note", new string('x', 300)), context: Mapped.Context(maxAttributeCharacters: 256)));

        metadata["note"].GetString()!.Length.ShouldBe(256);
        metadata["attributes.cut"][0].GetString().ShouldBe("note");
    }

    [Theory]
    [InlineData(0UL, 0UL, false)]
    [InlineData(0UL, Build.Noon, true)]
    [InlineData(1_795_348_800_000UL, Build.Noon, true)]
    [InlineData(ulong.MaxValue, Build.Noon, true)]
    [InlineData(ulong.MaxValue, 1UL, false)]
    public void Map_WithoutAUsableTime_TakesTheObservedElseTheArrival(ulong time, ulong observed, bool isObserved)
    {
        var log = new LogRecord { TimeUnixNano = time, ObservedTimeUnixNano = observed };

        MapOne(log).OccurredAt.ShouldBe(isObserved ? Build.NoonTime : Mapped.ReceivedAt);
    }

    [Fact]
    public void Map_DeniedTool_TellsTheToolsOwnRow()
    {
        var messages = Map(Build.Event("tool_decision", "decision", "reject", "tool_use_id", "toolu_1", "tool_name", "Bash", "session.id", "s")).Messages;
        var span = Mapped.Of(OtlpSignal.Traces, Build.Spans(s_resource, "com.anthropic.claude_code.tracing", Build.Span("claude_code.tool", "tool_use_id", "toolu_1", "session.id", "s"))).Messages[0];

        messages.Select(static message => message.Type).ShouldBe([MessageType.Decision, MessageType.Tool]);
        messages[1].Parts.ShouldBe(MessageParts.Denial);
        messages[1].Status.ShouldBe(MessageStatus.Denied);
        messages[1].Metadata.ShouldBe("{}");
        messages[1].Key.ShouldBe(span.Key);
        messages[0].Key.ShouldNotBe(span.Key);
    }

    [Fact]
    public void Map_ToolOfAnMcpServer_HasItsRealNameWhereItIsTold()
    {
        MapOne(Build.Event("tool_result", "tool_name", "mcp_tool", "tool_parameters", """{"mcp_server_name":"demo","mcp_tool_name":"add"}"""))
            .ToolName.ShouldBe("mcp__demo__add");
        MapOne(Build.Event("tool_result", "tool_name", "mcp_tool", "tool_parameters", "{\"mcp_server")).ToolName.ShouldBe("mcp_tool");
    }

    [Fact]
    public void Map_FailedTool_SaysWhat()
    {
        var message = MapOne(Build.Event("tool_result", "success", "false", "error", "Shell command failed", "duration_ms", "30"));

        message.Status.ShouldBe(MessageStatus.Error);
        message.Level.ShouldBe(MessageLevel.Error);
        message.Error.ShouldBe("Shell command failed");
    }

    [Fact]
    public void Map_LogOfAnotherSender_KeepsItsBodyAndSeverity()
    {
        var message = MapOne(new LogRecord { TimeUnixNano = Build.Noon, SeverityNumber = 13, Body = Build.Value("disk nearly full") }, scope: "app");

        message.Type.ShouldBe(MessageType.Log);
        message.Level.ShouldBe(MessageLevel.Warn);
        message.Body.ShouldBe("disk nearly full");
    }

    [Fact]
    public void Map_AnotherSystem_HasOtherKeys()
    {
        var log = Build.Event("api_request", "request_id", "req_1", "session.id", "s");

        MapOne(log, context: Mapped.Context(systemKey: 2)).Key.Session.ShouldNotBe(MapOne(log).Key.Session);
    }

    private static MappedTelemetry Map(LogRecord log, KeyValue[]? resource = null, string scope = Scope, MappingContext? context = null) =>
        Mapped.Of(OtlpSignal.Logs, Build.Logs(resource ?? s_resource, scope, log), context);

    private static Message MapOne(LogRecord log, KeyValue[]? resource = null, string scope = Scope, MappingContext? context = null) =>
        Map(log, resource, scope, context).Messages.ShouldHaveSingleItem();
}
