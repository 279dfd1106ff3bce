namespace ActivityLog.Tests.Support;

/// <summary>
/// Calls of a model, the tokens and the cost they add up to. <paramref name="CostMicrocents"/> is in USD × 10⁶, as the product's API has it.
/// </summary>
public sealed record UsageTotals(
    int ApiRequests,
    long InputTokens,
    long OutputTokens,
    long CacheReadTokens,
    long CacheCreationTokens,
    long CostNanodollars,
    long CostMicrocents)
{
    public static UsageTotals operator +(UsageTotals left, UsageTotals right)
    {
        var cost = left.CostNanodollars + right.CostNanodollars;
        return new(
            left.ApiRequests + right.ApiRequests,
            left.InputTokens + right.InputTokens,
            left.OutputTokens + right.OutputTokens,
            left.CacheReadTokens + right.CacheReadTokens,
            left.CacheCreationTokens + right.CacheCreationTokens,
            cost,
            (long)decimal.Round(cost / 1000m, MidpointRounding.ToEven));
    }
}
