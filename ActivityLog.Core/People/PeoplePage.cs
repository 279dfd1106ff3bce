namespace ActivityLog.Core.People;

/// <summary>A page of names.</summary>
/// <param name="Items">The names, in ordinal order.</param>
/// <param name="NextCursor">Where the next page begins; null when there is none.</param>
public sealed record PeoplePage(IReadOnlyList<PersonView> Items, string? NextCursor);
