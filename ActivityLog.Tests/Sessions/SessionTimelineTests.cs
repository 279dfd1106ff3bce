using ActivityLog.Core.Messages;
using ActivityLog.Tests.Support;
using ActivityLog.Web.Messages;
using ActivityLog.Web.Sessions;

namespace ActivityLog.Tests.Sessions;

public sealed class SessionTimelineTests
{
    private int _ids;

    [Fact]
    public void Build_TwoPrompts_EachStartsAtItsOwnZeroOnOneScale()
    {
        var timeline = SessionTimeline.Build(
        [
            Entry(MessageType.Prompt, 0, prompt: "a"), Entry(MessageType.Generation, 1, 3, prompt: "a"),
            Entry(MessageType.Prompt, 100, prompt: "b"), Entry(MessageType.Generation, 105, 5, prompt: "b"),
        ]);

        timeline.Scale.ShouldBe(TimeSpan.FromSeconds(10));
        timeline.Active.ShouldBe(TimeSpan.FromSeconds(14));
        timeline.Rows.Select(static row => (row.Kind, row.Depth, row.Offset, row.Length)).ShouldBe(
        [
            (TimelineKind.Prompt, 0, 0, 0.4), (TimelineKind.Call, 1, 0.1, 0.3),
            (TimelineKind.Silence, 0, 0, 0),
            (TimelineKind.Prompt, 0, 0, 1), (TimelineKind.Call, 1, 0.5, 0.5),
        ]);
        timeline.Rows[2].Took.ShouldBe(TimeSpan.FromSeconds(96));
    }

    [Fact]
    public void Build_PromptsAtOnce_CountTheirTimeOnce()
    {
        var timeline = SessionTimeline.Build(
        [
            Entry(MessageType.Prompt, 0, prompt: "a"), Entry(MessageType.Prompt, 2, prompt: "b"), Entry(MessageType.Generation, 3, 1, prompt: "b"),
            Entry(MessageType.Generation, 1, 9, prompt: "a"),
        ]);

        timeline.Active.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Build_PromptThatWasNotTold_HasTheIdThatItsCallsTell()
    {
        var timeline = SessionTimeline.Build([Entry(MessageType.Prompt, 0, prompt: "a"), Entry(MessageType.Generation, 1, 3, prompt: "a"), Entry(MessageType.Generation, 5, 1, prompt: "b")]);

        timeline.Rows.Where(static row => row.Kind == TimelineKind.Prompt).Select(static row => row.PromptId).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Build_SubagentWithoutSpans_LiesBelowTheToolThatWasAtWork()
    {
        var asks = Entry(MessageType.Generation, 1, 1, prompt: "a", cost: 5);
        var tool = Entry(MessageType.Tool, 2, 8, prompt: "a", tool: "Agent") with { ParentId = asks.Message.Id };
        var timeline = SessionTimeline.Build(
            [Entry(MessageType.Prompt, 0, prompt: "a"), asks, tool, Entry(MessageType.Generation, 3, 2, prompt: "a", cost: 7, agent: "sub"), Entry(MessageType.Generation, 11, 1, prompt: "a", cost: 1)]);

        timeline.Subagents.ShouldBe(1);
        timeline.Rows.Select(static row => (row.Kind, row.Depth, row.CostNanodollars)).ShouldBe(
        [
            (TimelineKind.Prompt, 0, 13), (TimelineKind.Call, 1, 5), (TimelineKind.Tool, 2, 7), (TimelineKind.Call, 3, 7), (TimelineKind.Call, 1, 1),
        ]);
    }

    [Fact]
    public void Build_RejectedToolWithoutARowOfItsOwn_IsShownByItsDecision()
    {
        var timeline = SessionTimeline.Build(
        [
            Entry(MessageType.Prompt, 0, prompt: "a"),
            Entry(MessageType.Decision, 1, prompt: "a", tool: "Bash", use: "denied"),
            Entry(MessageType.Decision, 2, prompt: "a", tool: "Read", use: "used", accepted: true), Entry(MessageType.Tool, 3, prompt: "a", tool: "Read", use: "used"),
        ]);

        timeline.Rows.Skip(1).Select(static row => (row.Title, row.Mark)).ShouldBe([("Bash", "rejected"), ("Read", null)]);
    }

    [Fact]
    public void Build_SpansThatNameEachOtherAsParents_AreAllShownOnce()
    {
        var timeline = SessionTimeline.Build(
        [
            Entry(MessageType.Generation, 0, 1, span: "a", parentSpan: "b"), Entry(MessageType.Generation, 1, 1, span: "b", parentSpan: "a"), Entry(MessageType.Generation, 2, 1),
        ]);

        timeline.Rows.Count(static row => row.Kind == TimelineKind.Call).ShouldBe(3);
    }

    [Fact]
    public void Build_SpansTwentyThousandDeep_AreShown()
    {
        List<SessionEntry> entries = [.. Enumerable.Range(0, 20_000).Select(i => Entry(MessageType.Generation, i, 1, span: $"{i}", parentSpan: i == 0 ? null : $"{i - 1}"))];

        SessionTimeline.Build(entries).Rows.Count(static row => row.Kind == TimelineKind.Call).ShouldBe(20_000);
    }

    [Fact]
    public void Build_NoPrompts_GroupsByTurn()
    {
        var timeline = SessionTimeline.Build(
        [
            Entry(MessageType.Turn, 0, 5, trace: "t1", span: "a"), Entry(MessageType.Generation, 1, 1, trace: "t1", parentSpan: "a"),
            Entry(MessageType.Turn, 10, 5, trace: "t2", span: "b"), Entry(MessageType.Generation, 11, 1, trace: "t2", parentSpan: "b"),
        ]);

        timeline.Rows.Select(static row => row.Kind).ShouldBe([TimelineKind.Prompt, TimelineKind.Call, TimelineKind.Prompt, TimelineKind.Call]);
    }

    [Fact]
    public void Build_Nothing_IsEmpty() => SessionTimeline.Build([]).Rows.ShouldBeEmpty();

    // Times in seconds; what ends when it occurred begins its duration before.
    private SessionEntry Entry(
        MessageType type, double start, double duration = 0, string? prompt = null, string? agent = null, string? tool = null, string? use = null, bool accepted = false,
        string? span = null, string? parentSpan = null, string? trace = null, long? cost = null)
    {
        var begin = A.Noon.AddSeconds(start);
        var message = new MessageView
        {
            Id = new Guid(++_ids, 0, 0, new byte[8]),
            SystemId = Guid.Empty,
            Signal = span is null ? MessageSignal.Log : MessageSignal.Span,
            Parts = span is null ? MessageParts.Event : MessageParts.Span,
            Type = type,
            Name = "name",
            OccurredAt = type is MessageType.Generation or MessageType.Tool ? begin.AddSeconds(duration) : begin,
            StartedAt = begin,
            ReceivedAt = begin,
            DurationMs = duration * 1000,
            PromptId = prompt,
            ToolName = tool,
            ToolUseId = use,
            SpanId = span,
            ParentSpanId = parentSpan,
            TraceId = trace,
            CostNanodollars = cost,
            Metadata = new Dictionary<string, System.Text.Json.JsonElement>(),
        };
        return new SessionEntry(message, MessageSummary.Of(message), agent, accepted, false);
    }
}
