namespace ActivityLog.Core.Storage;

/// <summary>A session to be noted and locked.</summary>
/// <param name="Session">Its key.</param>
/// <param name="SessionId">Its id as sent.</param>
/// <param name="HasEvents">Whether events come for it now; one that is new has them from the start.</param>
/// <param name="KeptUntil">Until when it is kept at least; null for ever.</param>
internal readonly record struct SharedSession(SessionRef Session, string SessionId, bool HasEvents, long? KeptUntil);
