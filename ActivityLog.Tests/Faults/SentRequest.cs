namespace ActivityLog.Tests.Faults;

/// <summary>A request that was sent at least once.</summary>
/// <param name="Template">Number of the recorded request that it is a copy of.</param>
/// <param name="Session">What its sessions are made of, which tell it from other copies: the same in a copy of all that was recorded.</param>
/// <param name="IsAcknowledged">Whether it was answered 200.</param>
internal sealed record SentRequest(int Template, Guid Session, bool IsAcknowledged);
