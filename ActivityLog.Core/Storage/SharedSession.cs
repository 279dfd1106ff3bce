namespace ActivityLog.Core.Storage;

/// <summary>A session to be noted and locked.</summary>
/// <param name="Session">Its key.</param>
/// <param name="SessionId">Its id as sent.</param>
/// <param name="KeptUntil">Until when it is kept at least; null for ever.</param>
internal readonly record struct SharedSession(SessionRef Session, string SessionId, long? KeptUntil);
