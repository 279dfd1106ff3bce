namespace ActivityLog.Core.Pricing;

/// <summary>
/// A row of <c>prices</c>: what a provider's list says that a model's tokens cost, from one date to another. Prices are nanodollars per million tokens
/// (USD per million × 10⁹); null where none is listed.
/// </summary>
public sealed class ModelPrice
{
    /// <summary>Who serves the model.</summary>
    public required string Provider { get; set; }

    /// <summary>The model's name.</summary>
    public required string Model { get; set; }

    /// <summary>Other names of the same model.</summary>
    public List<string> Aliases { get; set; } = [];

    /// <summary>First day of the price; <see cref="DateOnly.MinValue"/> where the list names none.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>First day on which it doesn't hold any more; null while it holds.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Whether the price was <c>measured</c> on calls or <c>published</c> only.</summary>
    public required string Basis { get; set; }

    /// <summary>When it was last looked at.</summary>
    public DateOnly AsOf { get; set; }

    /// <summary>Uncached tokens sent.</summary>
    public long? Input { get; set; }

    /// <summary>Tokens answered.</summary>
    public long? Output { get; set; }

    /// <summary>Tokens read from a cache.</summary>
    public long? CacheRead { get; set; }

    /// <summary>Tokens written to a cache that is kept for five minutes.</summary>
    public long? CacheWrite5m { get; set; }

    /// <summary>Tokens written to a cache that is kept for an hour.</summary>
    public long? CacheWrite1h { get; set; }

    /// <summary>A call that sends more tokens than this, cached ones included, has the tier's prices as a whole; null where there is no tier.</summary>
    public long? TierAboveTokens { get; set; }

    /// <summary>As <see cref="Input"/>, of the tier.</summary>
    public long? TierInput { get; set; }

    /// <summary>As <see cref="Output"/>, of the tier.</summary>
    public long? TierOutput { get; set; }

    /// <summary>As <see cref="CacheRead"/>, of the tier.</summary>
    public long? TierCacheRead { get; set; }

    /// <summary>As <see cref="CacheWrite5m"/>, of the tier.</summary>
    public long? TierCacheWrite5m { get; set; }

    /// <summary>As <see cref="CacheWrite1h"/>, of the tier.</summary>
    public long? TierCacheWrite1h { get; set; }
}
