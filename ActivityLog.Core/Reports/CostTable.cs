namespace ActivityLog.Core.Reports;

/// <summary>Makes the table of a cost report: what the rows are of, where it is known from, and the same numbers after it in each report.</summary>
internal static class CostTable
{
    /// <summary>The column of models.</summary>
    public static ReportColumn Model { get; } = new("model", "Model", ReportColumnKind.Model) { Filter = "model" };

    /// <summary>The column of people.</summary>
    public static ReportColumn User { get; } = new("user", "User", ReportColumnKind.User) { Filter = "userName" };

    /// <summary>The column of days.</summary>
    public static ReportColumn Day { get; } = new("day", "Day", ReportColumnKind.Day) { Filter = ReportColumn.DayFilter };

    private static readonly ReportColumn[] s_numbers =
    [
        new("source", "Source", ReportColumnKind.Text),
        new("costMicrocents", "Cost", ReportColumnKind.Money),
        new("previousCostMicrocents", "Before", ReportColumnKind.Money) { PreviousOf = "costMicrocents" },
        new("share", "Share", ReportColumnKind.Share),
        new("calls", "Calls", ReportColumnKind.Count),
        new("inputTokens", "Input", ReportColumnKind.Tokens),
        new("outputTokens", "Output", ReportColumnKind.Tokens),
        new("cacheReadTokens", "Cache read", ReportColumnKind.Tokens),
        new("cacheCreateTokens", "Cache write", ReportColumnKind.Tokens),
    ];

    /// <summary>The columns, with what the rows are of before them.</summary>
    public static IReadOnlyList<ReportColumn> Columns(params IReadOnlyList<ReportColumn> of) => [.. of, .. s_numbers];

    /// <summary>A row.</summary>
    /// <param name="of">What it is of.</param>
    /// <param name="source">Where it is known from; null for all.</param>
    /// <param name="usage">What was used.</param>
    /// <param name="before">What the same cost in the period before, in nanodollars; null where there is no such period.</param>
    /// <param name="whole">Cost of all rows, in nanodollars.</param>
    public static IReadOnlyList<object?> Row(IReadOnlyList<object?> of, string? source, SpendUsage usage, long? before, long whole) =>
    [
        .. of,
        source,
        usage.CostNanodollars,
        before,
        whole == 0 ? null : (double)usage.CostNanodollars / whole,
        usage.Calls,
        usage.InputTokens,
        usage.OutputTokens,
        usage.CacheReadTokens,
        usage.CacheCreateTokens,
    ];
}
