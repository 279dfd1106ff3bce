using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp.Attributes;
using OpenTelemetry.Proto.Common.V1;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>
/// The attributes of one record, sorted into what they tell (<see cref="Fields"/>), what the record shares with others (<see cref="Shared"/>)
/// and what is its own (<see cref="OwnJson"/>). Reused from record to record; not for two threads at once.
/// </summary>
internal sealed class RecordAttributes(MappingContext context) : IDisposable
{
    private const ulong RecordSeed = 3;

    private readonly List<KeyValuePair<string, AttributeValue>> _all = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, AttributeValue>> _own = [];
    private readonly List<KeyValuePair<string, AttributeValue>> _repeated = [];
    private readonly AttributeJson _json = new();
    private readonly Func<string, int> _limitOf = name => AttributeTable.TryGet(name, out var row) && row.IsContent ? context.Sender.BodyCharacters : int.MaxValue;

    public FieldValues Fields { get; } = new();

    /// <summary>Name of the record's scope; empty for none.</summary>
    public string Scope { get; private set; } = "";

    /// <summary>A hash of all attributes of record, scope and resource, the same in whatever order they came.</summary>
    public ulong Hash { get; private set; }

    /// <summary>True when somebody set <c>user.id</c> on purpose. A record's own is an installation's random id in Claude Code.</summary>
    public bool UserIdIsOfResource { get; private set; }

    /// <summary>What the record shares with others.</summary>
    public AttributeSet Shared { get; private set; } = AttributeSet.Empty;

    /// <summary>Takes the attributes of the next record.</summary>
    public void Read(SharedAttributes shared, IEnumerable<KeyValue> attributes)
    {
        _all.Clear();
        _places.Clear();
        _own.Clear();
        _repeated.Clear();
        Fields.Reset(shared.Fields);
        Scope = shared.Scope;
        UserIdIsOfResource = shared.Fields.Has(MessageField.UserId);
        foreach (var attribute in attributes)
        {
            Take(TextRules.Repair(attribute.Key), AnyValues.Read(attribute.Value));
        }

        Sort(shared);
    }

    /// <summary>Adds what isn't the sender's own attribute but should be known of the record. A name that is there stays.</summary>
    public void Add(string name, AttributeValue value)
    {
        if (_places.TryAdd(name, _all.Count))
        {
            _own.Add(new(name, value));
        }
    }

    /// <summary>The JSON of what is the record's own.</summary>
    public string OwnJson() => _own.Count == 0 ? "{}" : _json.Write(_own, _limitOf, context.MaxAttributeCharacters);

    public void Dispose() => _json.Dispose();

    // What a session repeats on each of its records.
    private static bool IsRepeated(string name) => SharedAttributes.ResourceWins(name) || name is
        "session.id" or "gen_ai.conversation.id" or "terminal.type" or "organization.id" or "anthropic.provider" or "anthropic.custom_base_url"
        or "app.version" or "app.entrypoint" or "gen_ai.provider.name" or "gen_ai.system" or "vcs.repository.url.full";

    private void Take(string name, AttributeValue value)
    {
        if (_places.TryAdd(name, _all.Count))
        {
            _all.Add(new(name, value));
        }
        else
        {
            _all[_places[name]] = new(name, value);
        }
    }

    private void Sort(SharedAttributes shared)
    {
        var hash = shared.Hash;
        var repeatedHash = 0UL;
        foreach (var (name, value) in _all)
        {
            var own = SharedAttributes.HashOf(RecordSeed, name, value);
            hash += own;
            var resourceWins = SharedAttributes.ResourceWins(name) && shared.TryGet(name, out _);
            if (AttributeTable.TryGet(name, out var row) && row.Field is { } field && !(resourceWins && shared.Fields.Has(field)))
            {
                Fields.Offer(row, value);
            }

            if (shared.TryGet(name, out var other))
            {
                if (other.Equals(value))
                {
                    continue;
                }

                if (!resourceWins && _places.TryAdd(shared.LoserOf(name), -1))
                {
                    _own.Add(new(shared.LoserOf(name), other));
                }
            }

            if (IsRepeated(name))
            {
                repeatedHash += own;
                _repeated.Add(new(resourceWins ? "record." + name : name, value));
            }
            else
            {
                _own.Add(new(name, value));
            }
        }

        Hash = hash;
        Shared = shared.SetWith(_repeated, repeatedHash, context.MaxAttributeCharacters);
    }
}
