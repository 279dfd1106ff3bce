using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Storage;

/// <summary>What ends a write. Lists come in the order of their keys.</summary>
/// <param name="Sets">Attribute sets that are added, or kept long enough where they are there.</param>
/// <param name="Sessions">Locked sessions that have events from now on.</param>
/// <param name="Summaries">What all of it does to the sums and to the rows of sessions.</param>
/// <param name="SummarySets">Those of their sets that may not be there yet.</param>
/// <param name="Tokens">What each token has brought.</param>
internal sealed record TelemetryEnd(
    IReadOnlyList<SharedSet> Sets, IReadOnlyList<SessionRef> Sessions, SummaryDeltas Summaries, IReadOnlyList<(int System, SummarySet Set)> SummarySets,
    IReadOnlyDictionary<int, TokenUse> Tokens);
