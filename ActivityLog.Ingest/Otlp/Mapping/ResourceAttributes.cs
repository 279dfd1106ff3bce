using ActivityLog.Ingest.Otlp.Attributes;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>What a resource says of all its records, worked out once for all of its scopes. Not for two threads at once.</summary>
/// <remarks>Its hash is part of keys: what goes in must never change.</remarks>
internal sealed class ResourceAttributes
{
    private const ulong Seed = 1;

    private readonly Dictionary<AttributeName, AttributeValue> _values;
    private KeyValuePair<AttributeName, AttributeValue>[]? _sorted;

    /// <param name="values">The attributes, the last of equal names.</param>
    public ResourceAttributes(Dictionary<AttributeName, AttributeValue> values)
    {
        _values = values;
        foreach (var (name, value) in values)
        {
            Hash += value.Hash(name.HashOf(Seed));
            if (name.Row.Field is not null)
            {
                Fields.Offer(name.Row, value);
            }
        }
    }

    /// <summary>What they tell, before the word of scope and record.</summary>
    public FieldValues Fields { get; } = new();

    /// <summary>A hash of all of it, the same in whatever order it came.</summary>
    public ulong Hash { get; }

    public bool TryGet(AttributeName name, out AttributeValue value) => _values.TryGetValue(name, out value);

    /// <summary>The attributes with others, which replace those of the same name; by name.</summary>
    public List<KeyValuePair<AttributeName, AttributeValue>> With(IReadOnlyCollection<KeyValuePair<AttributeName, AttributeValue>> others)
    {
        _sorted ??= [.. _values.OrderBy(static attribute => attribute.Key.Text, StringComparer.Ordinal)];
        var all = new List<KeyValuePair<AttributeName, AttributeValue>>(_sorted.Length + others.Count);
        var next = 0;
        foreach (var other in others.OrderBy(static attribute => attribute.Key.Text, StringComparer.Ordinal))
        {
            for (; next < _sorted.Length && string.CompareOrdinal(_sorted[next].Key.Text, other.Key.Text) is var order and <= 0; next++)
            {
                if (order < 0)
                {
                    all.Add(_sorted[next]);
                }
            }

            all.Add(other);
        }

        all.AddRange(_sorted.AsSpan(next));
        return all;
    }
}
