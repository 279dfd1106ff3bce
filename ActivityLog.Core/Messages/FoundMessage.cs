using ActivityLog.Core.Systems;

namespace ActivityLog.Core.Messages;

/// <summary>A message as read, before what other rows say about it is added.</summary>
/// <param name="View">What its own row says.</param>
/// <param name="SystemKey">Number of its System.</param>
/// <param name="Plan">How much of a body its System keeps.</param>
internal sealed record FoundMessage(MessageView View, int SystemKey, SystemPlan Plan)
{
    /// <summary>Its identity within the System.</summary>
    public MessageKey Key { get; } = MessageKey.FromGuid(View.Id);

    /// <summary>Its session's rows.</summary>
    public SessionRange Range => new(SystemKey, Key.Session);

    /// <summary>
    /// Where rows that belong to it lie: its session's, and those of its trace that have no session.
    /// </summary>
    public IEnumerable<SessionRange> Ranges => View.TraceId is { } trace
        ? [Range, new SessionRange(SystemKey, MessageKeys.Session(SystemKey, MessageKeys.SessionSource.Trace, trace))]
        : [Range];
}
