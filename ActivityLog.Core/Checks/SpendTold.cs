namespace ActivityLog.Core.Checks;

/// <summary>Spend as one kind of report tells it.</summary>
/// <param name="Calls">Calls; of metrics, which tell none, 0.</param>
/// <param name="CostNanodollars">USD × 10⁹; spans tell none.</param>
/// <param name="InputTokens">Uncached tokens sent.</param>
/// <param name="OutputTokens">Tokens answered.</param>
/// <param name="CacheReadTokens">Tokens read from a cache.</param>
/// <param name="CacheCreateTokens">Tokens written to a cache.</param>
public readonly record struct SpendTold(long Calls, long CostNanodollars, long InputTokens, long OutputTokens, long CacheReadTokens, long CacheCreateTokens)
{
    /// <summary>Tokens of all kinds.</summary>
    public long Tokens => Add(Add(InputTokens, OutputTokens), Add(CacheReadTokens, CacheCreateTokens));

    /// <summary>Both together.</summary>
    public static SpendTold operator +(SpendTold one, SpendTold other) => new(
        Add(one.Calls, other.Calls), Add(one.CostNanodollars, other.CostNanodollars), Add(one.InputTokens, other.InputTokens),
        Add(one.OutputTokens, other.OutputTokens), Add(one.CacheReadTokens, other.CacheReadTokens), Add(one.CacheCreateTokens, other.CacheCreateTokens));

    /// <summary>What the one tells more than the other.</summary>
    public static SpendTold operator -(SpendTold one, SpendTold other) => one + new SpendTold(
        -other.Calls, -other.CostNanodollars, -other.InputTokens, -other.OutputTokens, -other.CacheReadTokens, -other.CacheCreateTokens);

    // Senders may make numbers up.
    private static long Add(long one, long other) => (long)Int128.Clamp((Int128)one + other, -long.MaxValue, long.MaxValue);
}
