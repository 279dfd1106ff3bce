namespace ActivityLog.Core.Storage;

/// <summary>What a write must lock and know before it changes anything. Lists come in the order of their keys.</summary>
/// <param name="Sessions">Sessions to be noted and locked.</param>
/// <param name="Traces">Sessions or traces to which no other writer may add spans meanwhile: whether a call is told twice depends on all of them.</param>
/// <param name="Messages">Messages that may be there already.</param>
internal sealed record TelemetryLook(IReadOnlyList<SharedSession> Sessions, IReadOnlyList<SessionRef> Traces, IReadOnlyList<FoldedMessage> Messages);
