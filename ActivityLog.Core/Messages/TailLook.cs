namespace ActivityLog.Core.Messages;

/// <summary>What came in since the last look.</summary>
/// <param name="Items">The messages, oldest first.</param>
/// <param name="HasGap">Whether more came than a look reaches over, so that some may be missing.</param>
public sealed record TailLook(IReadOnlyList<MessageView> Items, bool HasGap);
