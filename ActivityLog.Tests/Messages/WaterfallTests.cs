using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Web.Messages;

namespace ActivityLog.Tests.Messages;

public sealed class WaterfallTests
{
    private static readonly DateTime s_start = new(2026, 11, 19, 13, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Build_PromptWithCallsAndTools_ToolsLieBelowTheCallThatAskedForThem()
    {
        var first = Message(MessageType.Generation, from: 0, to: 4, span: "a1", parentSpan: "a0");
        var second = Message(MessageType.Generation, from: 6, to: 10, span: "a2", parentSpan: "a0");
        var tool = Message(MessageType.Tool, from: 4, to: 6, span: "a3", parentSpan: "a0") with { ParentId = first.Id };
        var turn = Message(MessageType.Turn, from: 0, to: 10, span: "a0");
        var prompt = Message(MessageType.Prompt, from: 0, to: 0);

        var rows = Waterfall.Build([turn, prompt, first, tool, second]);

        rows.Select(row => (row.Message.Id, row.Depth)).ShouldBe([(prompt.Id, 0), (first.Id, 1), (tool.Id, 2), (second.Id, 1)]);
        rows[0].Duration.ShouldBe(TimeSpan.FromSeconds(10));
        rows[2].Offset.ShouldBe(0.4, 1e-9);
        rows[2].Length.ShouldBe(0.2, 1e-9);
    }

    [Fact]
    public void Build_CallsOfASubagent_LieBelowItsTool()
    {
        var tool = Message(MessageType.Tool, from: 1, to: 9, span: "b1");
        var execution = Message(MessageType.Span, from: 1, to: 9, span: "b2", parentSpan: "b1") with { Name = "tool.execution" };
        var inner = Message(MessageType.Generation, from: 2, to: 8, span: "b3", parentSpan: "b2");

        var rows = Waterfall.Build([tool, execution, inner]);

        rows.Select(row => (row.Message.Id, row.Depth)).ShouldBe([(tool.Id, 0), (inner.Id, 1)]);
    }

    [Fact]
    public void Build_ToolThatWaitedForAPerson_ShowsTheWait()
    {
        var tool = Message(MessageType.Tool, from: 0, to: 10, span: "c1");
        var wait = Message(MessageType.Span, from: 0, to: 5, span: "c2", parentSpan: "c1") with { Name = "tool.blocked_on_user" };

        var row = Waterfall.Build([tool, wait]).ShouldHaveSingleItem();

        row.Waited.ShouldBe((0, 0.5));
    }

    [Theory]
    [InlineData(1e300, MessageType.Generation)]
    [InlineData(-1e300, MessageType.Generation)]
    [InlineData(1e300, MessageType.Span)]
    [InlineData(double.NaN, MessageType.Span)]
    public void Build_LengthBeyondTheCalendar_IsShown(double duration, MessageType type)
    {
        var message = Message(type, from: 0, to: 1) with { StartedAt = null, DurationMs = duration };

        Waterfall.Build([message]).ShouldHaveSingleItem().Length.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void Build_NothingThatTookTime_IsEmpty() => Waterfall.Build([Message(MessageType.Log, 0, 0)]).ShouldBeEmpty();

    private static MessageView Message(MessageType type, int from, int to, string? span = null, string? parentSpan = null) => new()
    {
        Id = Guid.NewGuid(),
        SystemId = Guid.Empty,
        Signal = MessageSignal.Span,
        Type = type,
        Name = "x",
        OccurredAt = s_start.AddSeconds(type is MessageType.Generation or MessageType.Tool ? to : from),
        StartedAt = s_start.AddSeconds(from),
        ReceivedAt = s_start,
        DurationMs = 1000 * (to - from),
        SpanId = span,
        ParentSpanId = parentSpan,
        Metadata = new Dictionary<string, JsonElement>(),
    };
}
