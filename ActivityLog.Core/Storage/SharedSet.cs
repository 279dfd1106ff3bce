using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Storage;

/// <summary>An attribute set to be noted.</summary>
/// <param name="System">Number of its System.</param>
/// <param name="Set">The set.</param>
/// <param name="KeptUntil">Until when it is kept at least; null for ever.</param>
internal readonly record struct SharedSet(int System, AttributeSet Set, long? KeptUntil);
