using ActivityLog.Core.Messages;

namespace ActivityLog.Web.Messages;

/// <summary>Types of messages that are shown or left out together.</summary>
/// <param name="Key">How it stands in the address.</param>
/// <param name="Name">What its chip says.</param>
/// <param name="Types">The types.</param>
/// <param name="IsDefault">Whether it is shown unless told otherwise.</param>
internal sealed record FeedGroup(string Key, string Name, IReadOnlyList<MessageType> Types, bool IsDefault)
{
    /// <summary>All of them, as their chips stand.</summary>
    public static IReadOnlyList<FeedGroup> All { get; } =
    [
        new("generations", "Generations", [MessageType.Generation], true),
        new("tools", "Tools", [MessageType.Tool], true),
        new("prompts", "Prompts", [MessageType.Prompt, MessageType.Response], true),
        new("errors", "Errors", [MessageType.Error, MessageType.Refusal], true),
        new("decisions", "Decisions", [MessageType.Decision], true),
        new("logs", "Logs", [MessageType.Log], true),
        new("events", "Events", [MessageType.Event], false),
        new("other", "Spans and repeats", [MessageType.Span, MessageType.Turn, MessageType.Repeat], false),
    ];
}
