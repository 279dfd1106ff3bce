using ActivityLog.Core.Summaries;

namespace ActivityLog.Core.Pricing;

/// <summary>
/// What caching saved at list prices: what the tokens read from a cache would have cost more without it, less what writing them to it cost more.
/// Kept exactly; rounded once, on the way out.
/// </summary>
internal readonly record struct CacheSavings
{
    private const long TokensOfAPrice = 1_000_000;

    private Int128 Scaled { get; init; }

    /// <summary>Tokens read from and written to a cache whose price isn't known.</summary>
    public long UnpricedTokens { get; private init; }

    private bool IsKnown { get; init; }

    /// <summary>Nanodollars, half to even; below 0 where writing cost more than reading saved; null where no price is known.</summary>
    public long? Nanodollars
    {
        get
        {
            if (!IsKnown)
            {
                return null;
            }

            var (whole, rest) = Int128.DivRem(Scaled, TokensOfAPrice);
            var twice = Int128.Abs(rest) * 2;
            whole += twice > TokensOfAPrice || (twice == TokensOfAPrice && !Int128.IsEvenInteger(whole)) ? Int128.Sign(rest) : 0;
            return (long)Int128.Clamp(whole, long.MinValue, long.MaxValue);
        }
    }

    /// <summary>Both together.</summary>
    public static CacheSavings operator +(CacheSavings a, CacheSavings b) => new()
    {
        Scaled = a.Scaled + b.Scaled,
        UnpricedTokens = (long)Int128.Clamp((Int128)a.UnpricedTokens + b.UnpricedTokens, long.MinValue, long.MaxValue),
        IsKnown = a.IsKnown || b.IsKnown,
    };

    /// <summary>What caching saved on calls of one model and size.</summary>
    /// <param name="price">The model's list price; null where none is known.</param>
    /// <param name="size">Class of the tokens that each call sent (<see cref="PromptSize"/>); null where that isn't known.</param>
    /// <param name="read">Tokens read from a cache.</param>
    /// <param name="written">Tokens written to one; the price of five minutes holds for all of them.</param>
    public static CacheSavings Of(ModelPrice? price, short? size, long read, long written)
    {
        if (read == 0 && written == 0)
        {
            return default;
        }

        var isInTier = price?.TierAboveTokens is not { } limit ? false : IsAbove(limit, size);
        var (input, cacheRead, cacheWrite) = isInTier switch
        {
            true => (price!.TierInput, price.TierCacheRead, price.TierCacheWrite5m),
            false => (price?.Input, price?.CacheRead, price?.CacheWrite5m),
            null => default((long?, long?, long?)),
        };
        return input is { } full && (read == 0 || cacheRead is not null) && (written == 0 || cacheWrite is not null)
            ? new() { IsKnown = true, Scaled = ((Int128)read * (full - (cacheRead ?? full))) - ((Int128)written * ((cacheWrite ?? full) - full)) }
            : new() { UnpricedTokens = (long)Int128.Clamp((Int128)read + written, long.MinValue, long.MaxValue) };
    }

    // Null where calls of the class lie on both sides of the limit.
    private static bool? IsAbove(long limit, short? size) =>
        size is not { } known ? null
        : known > 0 && PromptSize.Limit((short)(known - 1)) >= limit ? true
        : PromptSize.Limit(known) <= limit ? false
        : null;
}
