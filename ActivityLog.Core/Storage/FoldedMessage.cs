using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Storage;

/// <summary>A message of a fold.</summary>
/// <param name="Message">The message.</param>
/// <param name="BodyCharacters">Characters of a body that its System's plan keeps.</param>
internal readonly record struct FoldedMessage(Message Message, int BodyCharacters);
