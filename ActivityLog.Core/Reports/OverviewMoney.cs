namespace ActivityLog.Core.Reports;

/// <summary>Spend of the overview, in nanodollars (USD × 10⁹).</summary>
/// <param name="Value">Over the range.</param>
/// <param name="Previous">Over the period before, as long; null without one.</param>
/// <param name="Days">By day, in the order of <see cref="Overview.Days"/>.</param>
public sealed record OverviewMoney(long Value, long? Previous, IReadOnlyList<long> Days);
