namespace ActivityLog.Web.People;

/// <summary>Which name is an alias of which.</summary>
/// <param name="Name">The name as stored.</param>
/// <param name="AliasOf">The name of the same person that it is shown as; null makes it a name of its own.</param>
internal sealed record AliasRequest(string? Name, string? AliasOf = null);
