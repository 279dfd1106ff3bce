namespace ActivityLog.Core.Messages;

/// <summary>The generation that asked for a tool.</summary>
/// <param name="Key">Its identity.</param>
/// <param name="Rule">By which rule it was guessed; null when the request id says it.</param>
internal readonly record struct ToolParent(MessageKey Key, string? Rule);
