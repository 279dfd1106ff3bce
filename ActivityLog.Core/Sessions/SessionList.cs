namespace ActivityLog.Core.Sessions;

/// <summary>A page of sessions.</summary>
/// <param name="Items">The sessions.</param>
/// <param name="NextCursor">Where the next page begins; null when there is none.</param>
public sealed record SessionList(IReadOnlyList<SessionView> Items, string? NextCursor);
