namespace ActivityLog.Bench;

/// <summary>What is asked of the server, and how the same would be asked of the raw rows.</summary>
/// <param name="Name">What stands in the table.</param>
/// <param name="Path">The address.</param>
/// <param name="Sql">Plain SQL over the raw rows; null where there is no such.</param>
internal sealed record Question(string Name, string Path, string? Sql = null);
