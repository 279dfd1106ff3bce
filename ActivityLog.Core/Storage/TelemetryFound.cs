using ActivityLog.Core.Messages;

namespace ActivityLog.Core.Storage;

/// <summary>What is there.</summary>
/// <param name="WithEvents">Those of the sessions that have events.</param>
/// <param name="Messages">What is known of the messages that exist.</param>
internal sealed record TelemetryFound(IReadOnlySet<SessionRef> WithEvents, IReadOnlyDictionary<(int System, MessageKey Key), MessageRank> Messages);
