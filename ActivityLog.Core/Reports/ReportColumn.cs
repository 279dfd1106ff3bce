namespace ActivityLog.Core.Reports;

/// <summary>A column of a report's table.</summary>
/// <param name="Name">Its key in JSON and its head in CSV, such as <c>costMicrocents</c>.</param>
/// <param name="Title">Its head on a page, such as <c>Cost</c>.</param>
/// <param name="Kind">What its cells are.</param>
public sealed record ReportColumn(string Name, string Title, ReportColumnKind Kind);
