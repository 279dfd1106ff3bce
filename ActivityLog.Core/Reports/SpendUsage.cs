namespace ActivityLog.Core.Reports;

/// <summary>Cost, calls and tokens. Cost is in nanodollars; tokens are whole, input tokens the uncached part.</summary>
internal readonly record struct SpendUsage(long CostNanodollars, long Calls, long InputTokens, long OutputTokens, long CacheReadTokens, long CacheCreateTokens)
{
    /// <summary>Tokens of all kinds.</summary>
    public long Tokens => Add(Add(InputTokens, OutputTokens), Add(CacheReadTokens, CacheCreateTokens));

    /// <summary>Of the tokens sent, the part read from a cache; null where none were sent.</summary>
    public double? CacheHitRate => Add(InputTokens, Add(CacheReadTokens, CacheCreateTokens)) is > 0 and var sent ? (double)CacheReadTokens / sent : null;

    /// <summary>Both together.</summary>
    public static SpendUsage operator +(SpendUsage a, SpendUsage b) => new(
        Add(a.CostNanodollars, b.CostNanodollars),
        Add(a.Calls, b.Calls),
        Add(a.InputTokens, b.InputTokens),
        Add(a.OutputTokens, b.OutputTokens),
        Add(a.CacheReadTokens, b.CacheReadTokens),
        Add(a.CacheCreateTokens, b.CacheCreateTokens));

    /// <summary>All together.</summary>
    public static SpendUsage Sum(IEnumerable<SpendRow> rows) => rows.Aggregate(default(SpendUsage), static (sum, row) => sum + row.Usage);

    // Nine billion dollars: only a sender that makes numbers up gets there, and it mustn't fail the page.
    private static long Add(long a, long b) => (long)Int128.Clamp((Int128)a + b, long.MinValue, long.MaxValue);
}
