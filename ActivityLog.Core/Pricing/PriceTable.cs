namespace ActivityLog.Core.Pricing;

/// <summary>The dated list prices of models, by their names and aliases.</summary>
public sealed class PriceTable
{
    private readonly ILookup<string, ModelPrice> _byName;

    // On which prices change.
    private readonly IReadOnlyList<DateOnly> _dates;

    /// <summary>A table of these prices.</summary>
    public PriceTable(IEnumerable<ModelPrice> prices)
    {
        var all = prices.ToList();
        _byName = all.SelectMany(static price => price.Aliases.Prepend(price.Model).Select(name => (Name: name, Price: price)))
            .ToLookup(static pair => pair.Name, static pair => pair.Price, StringComparer.OrdinalIgnoreCase);
        _dates = [.. all.SelectMany(static price => new[] { price.ValidFrom, price.ValidTo }).OfType<DateOnly>().Where(static date => date > DateOnly.MinValue).Distinct()];
    }

    /// <summary>Whether any price changes between two days.</summary>
    public bool ChangesBetween(DateOnly first, DateOnly last) => _dates.Any(date => first < date && date <= last);

    /// <summary>The price of a model on a day; null where none is known.</summary>
    public ModelPrice? Find(string? model, DateOnly day) =>
        model is null ? null : _byName[model].FirstOrDefault(price => price.ValidFrom <= day && (price.ValidTo is not { } to || day < to));
}
