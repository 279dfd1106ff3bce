namespace ActivityLog.Core.Senders;

/// <summary>A sender with the names of what it sends to.</summary>
/// <param name="Sender">The sender.</param>
/// <param name="SystemId">Id of the System.</param>
/// <param name="SystemName">Its name.</param>
/// <param name="TokenName">Name of the token it last came with.</param>
public sealed record SenderSeen(Sender Sender, Guid SystemId, string SystemName, string TokenName);
