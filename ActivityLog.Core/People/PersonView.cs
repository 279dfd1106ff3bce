namespace ActivityLog.Core.People;

/// <summary>A name that senders tell for a person.</summary>
/// <param name="Name">The name as stored.</param>
/// <param name="AliasOf">The name of the same person that it is shown, grouped and filtered as; null for itself.</param>
/// <param name="Aliases">The names that are shown as this one.</param>
/// <param name="Suggested">A name that may be of the same person, for an admin to decide; null for none.</param>
/// <param name="Reason">Why it is suggested; null where nothing is.</param>
public sealed record PersonView(string Name, string? AliasOf, IReadOnlyList<string> Aliases, string? Suggested, AliasReason? Reason);
