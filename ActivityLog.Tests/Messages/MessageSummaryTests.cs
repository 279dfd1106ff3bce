using System.Text.Json;
using ActivityLog.Core.Messages;
using ActivityLog.Web.Messages;

namespace ActivityLog.Tests.Messages;

public sealed class MessageSummaryTests
{
    [Theory]
    [InlineData("repl_main_thread", "main thread")]
    [InlineData("agent:builtin:general-purpose", "subagent general-purpose")]
    [InlineData("sdk", "sdk")]
    public void Of_Generation_SaysWhatAskedForIt(string source, string expected)
    {
        var summary = MessageSummary.Of(Message(MessageType.Generation, ("query_source", source)) with { Model = "claude-opus-4-8" });

        summary.ShouldBe(new MessageSummary(null, "claude-opus-4-8", expected, false));
    }

    [Fact]
    public void Of_Tool_SaysItsMainArgument()
    {
        var tool = Message(MessageType.Tool, ("tool_input", """{"description":"List files","command":"ls -la\npwd"}""")) with { ToolName = "Bash" };

        MessageSummary.Of(tool).ShouldBe(new MessageSummary("wrench", "Bash", "ls -la", false));
    }

    [Fact]
    public void Of_ToolWithInputThatWasCut_IsStillALine() =>
        MessageSummary.Of(Message(MessageType.Tool, ("tool_input", """{"command":"ls""")) with { ToolName = "Bash" }).Detail.ShouldBeNull();

    [Fact]
    public void Of_FailedCall_SaysStatusAndAttempt()
    {
        var error = Message(MessageType.Error, ("status_code", "529"), ("attempt", "2")) with { Model = "claude-opus-4-8", Error = "Overloaded" };

        MessageSummary.Of(error).ShouldBe(new MessageSummary("circle-alert", "claude-opus-4-8", "529 Overloaded, attempt 2", true));
    }

    [Fact]
    public void Of_PromptWithoutText_SaysItsLength() =>
        MessageSummary.Of(Message(MessageType.Prompt, ("prompt_length", "214"))).Detail.ShouldBe("214 characters");

    [Fact]
    public void Of_Decision_SaysWhoDecided() =>
        MessageSummary.Of(Message(MessageType.Decision, ("decision", "reject"), ("source", "user_reject")) with { ToolName = "Edit", UserName = "mira" })
            .Detail.ShouldBe("rejected, by mira");

    private static MessageView Message(MessageType type, params (string Key, string Value)[] metadata) => new()
    {
        Id = Guid.NewGuid(),
        SystemId = Guid.Empty,
        Signal = MessageSignal.Log,
        Type = type,
        Name = "event",
        OccurredAt = DateTime.UnixEpoch,
        ReceivedAt = DateTime.UnixEpoch,
        Metadata = metadata.ToDictionary(static pair => pair.Key, static pair => JsonSerializer.SerializeToElement(pair.Value)),
    };
}
