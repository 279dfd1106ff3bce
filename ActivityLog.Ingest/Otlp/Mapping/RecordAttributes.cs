using System.Runtime.InteropServices;
using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp.Attributes;
using OpenTelemetry.Proto.Common.V1;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>
/// The attributes of one record, sorted into what they tell (<see cref="Fields"/>), what the record shares with others (<see cref="Shared"/>)
/// and what is its own (<see cref="OwnJson"/>). Reused from record to record; not for two threads at once.
/// </summary>
internal sealed class RecordAttributes : IDisposable
{
    private readonly MappingContext _context;
    private readonly AttributeSets _sets;
    private readonly List<RecordAttribute> _all = [];
    private readonly Dictionary<AttributeName, int> _places = [];
    private readonly List<KeyValuePair<AttributeName, AttributeValue>> _own = [];
    private readonly List<KeyValuePair<AttributeName, AttributeValue>> _repeated = [];
    private readonly AttributeJson _json = new();
    private SharedAttributes? _shared;

    public RecordAttributes(MappingContext context, RequestLimits limits)
    {
        _context = context;
        _sets = new(_json, context, limits);
    }

    public FieldValues Fields { get; } = new();

    /// <summary>Name of the record's scope; empty for none.</summary>
    public string Scope { get; private set; } = "";

    /// <summary>A hash of all attributes of record, scope and resource, the same in whatever order they came.</summary>
    public ulong Hash { get; private set; }

    /// <summary>True when somebody set <c>user.id</c> on purpose. A record's own is an installation's random id in Claude Code.</summary>
    public bool UserIdIsOfResource { get; private set; }

    /// <summary>What the record shares with others.</summary>
    public AttributeSet Shared { get; private set; } = AttributeSet.Empty;

    /// <summary>Characters of all that the records of the request share.</summary>
    public long SharedCharacters => _sets.Characters;

    /// <summary>Begins with the next record; its attributes follow by <see cref="Take"/>, and <see cref="Sort"/> ends them.</summary>
    public void Begin(SharedAttributes shared)
    {
        _all.Clear();
        _places.Clear();
        _own.Clear();
        _repeated.Clear();
        _shared = shared;
    }

    /// <summary>Takes an attribute; the last of equal names counts.</summary>
    public void Take(in RecordAttribute attribute)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, attribute.Name, out var isKnown);
        if (isKnown)
        {
            _all[place] = attribute;
        }
        else
        {
            place = _all.Count;
            _all.Add(attribute);
        }
    }

    /// <summary>Takes the attributes of the next record, all of them.</summary>
    public void Read(SharedAttributes shared, IEnumerable<KeyValue> attributes)
    {
        Begin(shared);
        foreach (var attribute in attributes)
        {
            Take(new(AttributeName.Of(attribute.Key), AnyValues.Read(attribute.Value)));
        }

        Sort();
    }

    /// <summary>Adds what isn't the sender's own attribute but should be known of the record. A name that is there stays.</summary>
    public void Add(string name, AttributeValue value)
    {
        var added = AttributeName.Of(name);
        if (_places.TryAdd(added, _all.Count))
        {
            _own.Add(new(added, value));
        }
    }

    /// <summary>The JSON of what is the record's own, in the order of the names.</summary>
    public string OwnJson()
    {
        if (_own.Count == 0)
        {
            return "{}";
        }

        _own.Sort(static (one, other) => one.Key.CompareTo(other.Key));
        return _json.Write(_own, _context.Sender.BodyCharacters, _context.MaxAttributeCharacters);
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Sorts what was taken.</summary>
    public void Sort()
    {
        var shared = _shared!;
        Fields.Reset(shared.Fields);
        Scope = shared.Scope;
        UserIdIsOfResource = shared.Fields.Has(MessageField.UserId);
        var hash = shared.Hash;
        var repeatedHash = 0UL;
        foreach (ref readonly var attribute in CollectionsMarshal.AsSpan(_all))
        {
            var name = attribute.Name;
            hash += attribute.Hash;
            var isShared = shared.TryGet(name, out var other);
            var resourceWins = isShared && name.ResourceWins;
            if (name.Row.Field is { } field && !(resourceWins && shared.Fields.Has(field)))
            {
                Fields.Offer(name.Row, attribute.Value);
            }

            if (isShared)
            {
                if (other.Equals(attribute.Value))
                {
                    continue;
                }

                if (!resourceWins && shared.LoserOf(name) is var loser && _places.TryAdd(loser, -1))
                {
                    _own.Add(new(loser, other));
                }
            }

            if (name.IsRepeated)
            {
                repeatedHash += attribute.Hash;
                _repeated.Add(new(resourceWins ? AttributeName.Of("record." + name.Text) : name, attribute.Value));
            }
            else
            {
                _own.Add(new(name, attribute.Value));
            }
        }

        Hash = hash;
        Shared = _sets.Of(shared, _repeated, repeatedHash);
    }
}
