namespace ActivityLog.Web.Shared.Charts;

/// <summary>One place of a chart: a day, a week, a month, or a name.</summary>
/// <param name="Title">What it is, in full, such as <c>Tue 10 Nov</c>.</param>
/// <param name="Tick">What stands on the axis below it; empty for nothing.</param>
/// <param name="Href">Where it leads: the rows behind it.</param>
/// <param name="TickWhenNarrow">Whether the tick stays where there is little room.</param>
public sealed record ChartBar(string Title, string Tick, string? Href = null, bool TickWhenNarrow = true);
