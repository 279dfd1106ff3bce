namespace ActivityLog.Core.Messages;

/// <summary>Messages, newest first.</summary>
/// <param name="Items">The messages.</param>
/// <param name="NextCursor">Where the next page begins; null when there is none.</param>
public sealed record MessagePage(IReadOnlyList<MessageView> Items, string? NextCursor);
