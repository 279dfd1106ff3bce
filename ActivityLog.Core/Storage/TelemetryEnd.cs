namespace ActivityLog.Core.Storage;

/// <summary>What ends a write. Lists come in the order of their keys.</summary>
/// <param name="Sets">Attribute sets that are added, or kept long enough where they are there.</param>
/// <param name="Sessions">Locked sessions that have events from now on: their spans without an id of the call turn into repeats.</param>
/// <param name="Tokens">What each token has brought.</param>
internal sealed record TelemetryEnd(IReadOnlyList<SharedSet> Sets, IReadOnlyList<SessionRef> Sessions, IReadOnlyDictionary<int, TokenUse> Tokens);
