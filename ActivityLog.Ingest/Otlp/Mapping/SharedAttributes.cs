using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp.Attributes;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>What a resource and a scope say of all their records. The scope stands before the resource, except where <see cref="AttributeName.ResourceWins"/>.</summary>
internal sealed class SharedAttributes
{
    private const ulong ResourceSeed = 1;
    private const ulong ScopeSeed = 2;
    private static readonly AttributeName s_scopeName = AttributeName.Of("otel.scope.name");
    private static readonly AttributeName s_scopeVersion = AttributeName.Of("otel.scope.version");

    private readonly Dictionary<AttributeName, AttributeValue> _values = [];
    private readonly HashSet<AttributeName> _ofScope = [];
    private readonly Dictionary<ulong, AttributeSet> _sets = [];

    public SharedAttributes(ResourceAndScope shared)
    {
        foreach (var (name, value) in shared.Resource)
        {
            _values[name] = value;
            Hash += HashOf(ResourceSeed, name, value);
        }

        Scope = TextRules.Repair(shared.ScopeName);
        foreach (var (name, value) in shared.Scope)
        {
            Hash += HashOf(ScopeSeed, name, value);
            TakeOfScope(name, value);
        }

        TakeScopeText(s_scopeName, Scope);
        TakeScopeText(s_scopeVersion, TextRules.Repair(shared.ScopeVersion));
        foreach (var (name, value) in _values)
        {
            if (name.Row.Field is not null)
            {
                Fields.Offer(name.Row, value);
            }
        }
    }

    /// <summary>Name of the scope; empty for none.</summary>
    public string Scope { get; }

    /// <summary>What they tell, before a record's own word.</summary>
    public FieldValues Fields { get; } = new();

    /// <summary>A hash of all of it, the same in whatever order it came.</summary>
    public ulong Hash { get; private set; }

    public bool TryGet(AttributeName name, out AttributeValue value) => _values.TryGetValue(name, out value);

    /// <summary>Name of what loses against a record's attribute.</summary>
    public AttributeName LoserOf(AttributeName name) => AttributeName.Of((_ofScope.Contains(name) ? "scope." : "resource.") + name.Text);

    /// <summary>The set of these attributes and <paramref name="repeated"/>, which stand before them; made once for each content.</summary>
    /// <param name="repeated">What records bear again and again, with its hash.</param>
    /// <param name="hash">Hash of <paramref name="repeated"/>.</param>
    /// <param name="maxCharacters">Longest value that is kept whole.</param>
    public AttributeSet SetWith(List<KeyValuePair<AttributeName, AttributeValue>> repeated, ulong hash, int maxCharacters)
    {
        if (!_sets.TryGetValue(hash, out var set))
        {
            var all = new SortedDictionary<string, KeyValuePair<AttributeName, AttributeValue>>(StringComparer.Ordinal);
            foreach (var attribute in _values.Concat(repeated))
            {
                all[attribute.Key.Text] = attribute;
            }

            using var json = new AttributeJson();
            set = AttributeSet.Create(json.Write(all.Values, int.MaxValue, maxCharacters));
            _sets.Add(hash, set);
        }

        return set;
    }

    private static ulong HashOf(ulong seed, AttributeName name, AttributeValue value) => value.Hash(name.HashOf(seed));

    private void TakeOfScope(AttributeName name, AttributeValue value)
    {
        if (!_values.TryGetValue(name, out var resource) || resource.Equals(value))
        {
            _values[name] = value;
        }
        else if (name.ResourceWins)
        {
            _values[AttributeName.Of("scope." + name.Text)] = value;
            return;
        }
        else
        {
            _values[AttributeName.Of("resource." + name.Text)] = resource;
            _values[name] = value;
        }

        _ofScope.Add(name);
    }

    private void TakeScopeText(AttributeName name, string text)
    {
        if (text.Length > 0)
        {
            Hash += HashOf(ScopeSeed, name, AttributeValue.Text(text));
            _values.TryAdd(name, AttributeValue.Text(text));
        }
    }
}
