using ActivityLog.Ingest.Otlp.Attributes;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>
/// What a resource and a scope say of all their records: the scope's word laid over the resource's, so that a scope costs what it says itself. The scope stands
/// before the resource, except where <see cref="AttributeName.ResourceWins"/>.
/// </summary>
internal sealed class SharedAttributes
{
    private const ulong ScopeSeed = 2;
    private static readonly AttributeName s_scopeName = AttributeName.Of("otel.scope.name");
    private static readonly AttributeName s_scopeVersion = AttributeName.Of("otel.scope.version");

    private readonly ResourceAttributes _resource;
    private readonly Dictionary<AttributeName, AttributeValue> _over = [];
    private readonly HashSet<AttributeName> _ofScope = [];

    public SharedAttributes(ResourceAttributes resource, ScopeAttributes scope)
    {
        _resource = resource;
        Hash = resource.Hash;
        Scope = TextRules.Repair(scope.Name);
        foreach (var (name, value) in scope.Attributes)
        {
            Hash += HashOf(name, value);
            Take(name, value);
        }

        TakeText(s_scopeName, Scope);
        TakeText(s_scopeVersion, TextRules.Repair(scope.Version));
        Fields.Reset(resource.Fields);
        foreach (var (name, value) in _over)
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

    public bool TryGet(AttributeName name, out AttributeValue value) => _over.TryGetValue(name, out value) || _resource.TryGet(name, out value);

    /// <summary>Name of what loses against a record's attribute.</summary>
    public AttributeName LoserOf(AttributeName name) => AttributeName.Of((_ofScope.Contains(name) ? "scope." : "resource.") + name.Text);

    /// <summary>All of it and <paramref name="repeated"/>, which stands before it; by name.</summary>
    public List<KeyValuePair<AttributeName, AttributeValue>> With(List<KeyValuePair<AttributeName, AttributeValue>> repeated)
    {
        var over = new Dictionary<AttributeName, AttributeValue>(_over);
        foreach (var (name, value) in repeated)
        {
            over[name] = value;
        }

        return _resource.With(over);
    }

    private static ulong HashOf(AttributeName name, AttributeValue value) => value.Hash(name.HashOf(ScopeSeed));

    private void Take(AttributeName name, AttributeValue value)
    {
        if (!TryGet(name, out var other) || other.Equals(value))
        {
            _over[name] = value;
        }
        else if (name.ResourceWins)
        {
            _over[AttributeName.Of("scope." + name.Text)] = value;
            return;
        }
        else
        {
            _over[AttributeName.Of("resource." + name.Text)] = other;
            _over[name] = value;
        }

        _ofScope.Add(name);
    }

    private void TakeText(AttributeName name, string text)
    {
        if (text.Length > 0)
        {
            var value = AttributeValue.Text(text);
            Hash += HashOf(name, value);
            if (!TryGet(name, out _))
            {
                _over.Add(name, value);
            }
        }
    }
}
