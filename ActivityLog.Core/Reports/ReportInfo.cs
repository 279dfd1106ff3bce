namespace ActivityLog.Core.Reports;

/// <summary>What a report is.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Title">Its name on pages.</param>
/// <param name="Description">What it tells, in a sentence.</param>
/// <param name="Chart">How it is drawn.</param>
public sealed record ReportInfo(string Slug, string Title, string Description, ReportChartKind Chart);
