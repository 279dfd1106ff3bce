namespace ActivityLog.Core.Checks;

/// <summary>A session in which something differs.</summary>
/// <param name="SessionId">The sender's id of it.</param>
/// <param name="SystemId">Id of its System.</param>
public sealed record CheckedSession(string SessionId, Guid SystemId);
