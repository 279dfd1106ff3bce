using ActivityLog.Core.Pricing;

namespace ActivityLog.Core.Demo;

/// <summary>A model at the price of the list that the product comes with.</summary>
/// <param name="Name">As the sender names it.</param>
/// <param name="MsPerToken">How long an output token takes.</param>
internal sealed record DemoModel(string Name, double MsPerToken)
{
    private const long TokensOfPrice = 1_000_000;

    private static readonly PriceTable s_prices = new(ListedPrice.ReadAll().Select(static price => price.ToPrice()));

    // What is listed has prices of whole nanodollars a token.
    private readonly ModelPrice _price = s_prices.Find(Name, DateOnly.MaxValue) ?? throw new ArgumentException($"No price of {Name} is listed.");

    /// <summary>What a call costs, in nanodollars.</summary>
    public long CostOf(DemoUsage usage)
    {
        var isTier = usage.Input + usage.CacheRead + usage.CacheCreate > (_price.TierAboveTokens ?? long.MaxValue);
        return isTier
            ? Sum(usage, _price.TierInput, _price.TierOutput, _price.TierCacheRead, _price.TierCacheWrite5m)
            : Sum(usage, _price.Input, _price.Output, _price.CacheRead, _price.CacheWrite5m);
    }

    private static long Sum(DemoUsage usage, long? input, long? output, long? cacheRead, long? cacheCreate) =>
        ((usage.Input * input!.Value) + (usage.Output * output!.Value) + (usage.CacheRead * cacheRead!.Value) + (usage.CacheCreate * cacheCreate!.Value)) / TokensOfPrice;
}
