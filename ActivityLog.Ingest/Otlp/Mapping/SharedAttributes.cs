using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp.Attributes;
using OpenTelemetry.Proto.Common.V1;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>What a resource and a scope say of all their records. The scope stands before the resource, except where <see cref="ResourceWins"/>.</summary>
internal sealed class SharedAttributes
{
    private const ulong ResourceSeed = 1;
    private const ulong ScopeSeed = 2;
    private const string ScopeName = "otel.scope.name";
    private const string ScopeVersion = "otel.scope.version";

    private readonly Dictionary<string, AttributeValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ofScope = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, AttributeSet> _sets = [];

    public SharedAttributes(IEnumerable<KeyValue>? resource, InstrumentationScope? scope)
    {
        foreach (var (name, value) in ReadAll(resource))
        {
            _values[name] = value;
            Hash += HashOf(ResourceSeed, name, value);
        }

        Scope = TextRules.Repair(scope?.Name ?? "");
        foreach (var (name, value) in ReadAll(scope?.Attributes))
        {
            Hash += HashOf(ScopeSeed, name, value);
            TakeOfScope(name, value);
        }

        TakeScopeText(ScopeName, Scope);
        TakeScopeText(ScopeVersion, TextRules.Repair(scope?.Version ?? ""));
        foreach (var (name, value) in _values)
        {
            if (AttributeTable.TryGet(name, out var row) && row.Field is not null)
            {
                Fields.Offer(row, value);
            }
        }
    }

    /// <summary>Name of the scope; empty for none.</summary>
    public string Scope { get; }

    /// <summary>What they tell, before a record's own word.</summary>
    public FieldValues Fields { get; } = new();

    /// <summary>A hash of all of it, the same in whatever order it came.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Whether somebody set the name on purpose where he set it on the resource: a person, the service's name.</summary>
    public static bool ResourceWins(string name) =>
        name.StartsWith("user.", StringComparison.Ordinal) || name is "enduser.id" or "service.name";

    /// <summary>A hash of an attribute, by where it stands.</summary>
    public static ulong HashOf(ulong seed, string name, AttributeValue value) => value.Hash(AttributeValue.Text(name).Hash(seed));

    public bool TryGet(string name, out AttributeValue value) => _values.TryGetValue(name, out value);

    /// <summary>Name of what loses against a record's attribute.</summary>
    public string LoserOf(string name) => (_ofScope.Contains(name) ? "scope." : "resource.") + name;

    /// <summary>The set of these attributes and <paramref name="repeated"/>, which stand before them; made once for each content.</summary>
    /// <param name="repeated">What records bear again and again, with its hash.</param>
    /// <param name="hash">Hash of <paramref name="repeated"/>.</param>
    /// <param name="maxCharacters">Longest value that is kept whole.</param>
    public AttributeSet SetWith(List<KeyValuePair<string, AttributeValue>> repeated, ulong hash, int maxCharacters)
    {
        if (!_sets.TryGetValue(hash, out var set))
        {
            var all = new SortedDictionary<string, AttributeValue>(_values, StringComparer.Ordinal);
            foreach (var (name, value) in repeated)
            {
                all[name] = value;
            }

            using var json = new AttributeJson();
            set = AttributeSet.Create(json.Write(all, static _ => int.MaxValue, maxCharacters));
            _sets.Add(hash, set);
        }

        return set;
    }

    /// <summary>Attributes by name, the last of equal names.</summary>
    public static Dictionary<string, AttributeValue> ReadAll(IEnumerable<KeyValue>? attributes)
    {
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var attribute in attributes ?? [])
        {
            values[TextRules.Repair(attribute.Key)] = AnyValues.Read(attribute.Value);
        }

        return values;
    }

    private void TakeOfScope(string name, AttributeValue value)
    {
        if (!_values.TryGetValue(name, out var resource) || resource.Equals(value))
        {
            _values[name] = value;
        }
        else if (ResourceWins(name))
        {
            _values["scope." + name] = value;
            return;
        }
        else
        {
            _values["resource." + name] = resource;
            _values[name] = value;
        }

        _ofScope.Add(name);
    }

    private void TakeScopeText(string name, string text)
    {
        if (text.Length > 0)
        {
            Hash += HashOf(ScopeSeed, name, AttributeValue.Text(text));
            _values.TryAdd(name, AttributeValue.Text(text));
        }
    }
}
