using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Checks;

/// <summary>What of a message tells of spend.</summary>
/// <param name="Type">What it tells.</param>
/// <param name="Parts">By what it is told.</param>
/// <param name="IsAsked">Whether it is of the models asked for.</param>
/// <param name="HasRequestId">Whether event and span can be matched by an id.</param>
/// <param name="HasCost">Whether a cost is told.</param>
/// <param name="OccurredAt">Unix microseconds.</param>
/// <param name="Number">The event's number in its run; null where it has none, or where filters leave out some of them.</param>
/// <param name="Told">The call; of a row that has both, by its event.</param>
/// <param name="ToldBySpan">The same by its span, where the row has both.</param>
internal readonly record struct CheckedMessage(
    MessageType Type, MessageParts Parts, bool IsAsked, bool HasRequestId, bool HasCost, long OccurredAt, long? Number, SpendTold Told, SpendTold ToldBySpan);
