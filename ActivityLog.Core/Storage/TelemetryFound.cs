using ActivityLog.Core.Messages;
using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Storage;

/// <summary>What is there.</summary>
/// <param name="WithEvents">Those of the sessions that have events.</param>
/// <param name="Messages">What is known of the messages that exist.</param>
/// <param name="Rules">How to sum up, until the transaction ends.</param>
internal sealed record TelemetryFound(
    IReadOnlySet<SessionRef> WithEvents, IReadOnlyDictionary<(int System, MessageKey Key), MessageRank> Messages, SummaryRules Rules);
