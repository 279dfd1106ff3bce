namespace ActivityLog.Core.Reports;

/// <summary>One series of a report's chart: a value for each of <see cref="ReportTable.Categories"/>.</summary>
/// <param name="Name">What it stands for, such as a model; null for rows without one.</param>
/// <param name="Source"><c>events</c>, or <c>metrics</c> for spend that only metrics tell.</param>
/// <param name="Values">By <see cref="ReportInfo.Measure"/>, money in nanodollars; null where there is nothing to draw.</param>
/// <param name="Whole">Its value over all categories, where that isn't their sum: a percentile; null elsewhere.</param>
public sealed record ReportSeries(string? Name, string Source, IReadOnlyList<double?> Values, double? Whole = null);
