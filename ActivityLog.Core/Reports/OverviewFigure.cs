namespace ActivityLog.Core.Reports;

/// <summary>A figure of the overview.</summary>
/// <param name="Value">Over the range; null where it has no meaning (a rate of nothing).</param>
/// <param name="Previous">Over the period before, as long; null without one.</param>
/// <param name="Days">By day, in the order of <see cref="Overview.Days"/>; null where a day has none.</param>
public sealed record OverviewFigure(double? Value, double? Previous, IReadOnlyList<double?> Days);
