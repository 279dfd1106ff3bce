using System.Text.Json;

namespace ActivityLog.Core.Pricing;

/// <summary>A row of <c>prices.json</c>, the list that the product comes with. Prices are USD per million tokens.</summary>
internal sealed record ListedPrice
{
    private const string Resource = "ActivityLog.Core.Pricing.prices.json";

    public required string Provider { get; init; }
    public required string Model { get; init; }
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public required string Basis { get; init; }
    public required DateOnly AsOf { get; init; }
    public decimal? InputPerMTok { get; init; }
    public decimal? OutputPerMTok { get; init; }
    public decimal? CacheReadPerMTok { get; init; }
    public decimal? CacheWrite5mPerMTok { get; init; }
    public decimal? CacheWrite1hPerMTok { get; init; }
    public long? TierAboveTokens { get; init; }
    public decimal? TierInputPerMTok { get; init; }
    public decimal? TierOutputPerMTok { get; init; }
    public decimal? TierCacheReadPerMTok { get; init; }
    public decimal? TierCacheWrite5mPerMTok { get; init; }
    public decimal? TierCacheWrite1hPerMTok { get; init; }

    /// <summary>The list.</summary>
    public static IReadOnlyList<ListedPrice> ReadAll()
    {
        using var list = typeof(ListedPrice).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<List<ListedPrice>>(list, JsonSerializerOptions.Web)!;
    }

    /// <summary>The row as it is kept.</summary>
    public ModelPrice ToPrice() => new()
    {
        Provider = Provider,
        Model = Model,
        Aliases = [.. Aliases],
        ValidFrom = From ?? DateOnly.MinValue,
        ValidTo = To,
        Basis = Basis,
        AsOf = AsOf,
        Input = Nano(InputPerMTok),
        Output = Nano(OutputPerMTok),
        CacheRead = Nano(CacheReadPerMTok),
        CacheWrite5m = Nano(CacheWrite5mPerMTok),
        CacheWrite1h = Nano(CacheWrite1hPerMTok),
        TierAboveTokens = TierAboveTokens,
        TierInput = Nano(TierInputPerMTok),
        TierOutput = Nano(TierOutputPerMTok),
        TierCacheRead = Nano(TierCacheReadPerMTok),
        TierCacheWrite5m = Nano(TierCacheWrite5mPerMTok),
        TierCacheWrite1h = Nano(TierCacheWrite1hPerMTok),
    };

    private static long? Nano(decimal? usd) => (long?)(usd * 1_000_000_000);
}
