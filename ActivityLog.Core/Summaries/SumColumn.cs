namespace ActivityLog.Core.Summaries;

/// <summary>A dimension of a table of sums.</summary>
/// <param name="Name">Its column.</param>
/// <param name="IsSmall">Whether it is a <c>smallint</c>.</param>
/// <param name="IsNullable">Whether 0 means none, and is kept as null.</param>
internal sealed record SumColumn(string Name, bool IsSmall = false, bool IsNullable = true);
