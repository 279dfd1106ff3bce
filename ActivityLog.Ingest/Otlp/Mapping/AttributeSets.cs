using ActivityLog.Core.Messages;
using ActivityLog.Ingest.Otlp.Attributes;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>
/// The attribute sets of a request: each content once, whichever scopes have it. What they take together is bounded, since a few bytes on the wire (a scope, a
/// session) can repeat all that a large resource says.
/// </summary>
internal sealed class AttributeSets(AttributeJson json, MappingContext context, RequestLimits limits)
{
    // An attribute's share of the work of making a set, however short it is.
    private const int CharactersOfAttribute = 16;

    private readonly Dictionary<(ulong Shared, ulong Repeated), AttributeSet> _sets = [];

    /// <summary>Characters of all sets.</summary>
    public long Characters { get; private set; }

    /// <summary>The set of what is shared and <paramref name="repeated"/>, which stands before it.</summary>
    /// <param name="shared">What resource and scope say.</param>
    /// <param name="repeated">What records bear again and again.</param>
    /// <param name="hash">Hash of <paramref name="repeated"/>.</param>
    /// <exception cref="OtlpLimitException">The request's sets are larger than they may be.</exception>
    public AttributeSet Of(SharedAttributes shared, List<KeyValuePair<AttributeName, AttributeValue>> repeated, ulong hash)
    {
        if (!_sets.TryGetValue((shared.Hash, hash), out var set))
        {
            var all = shared.With(repeated);
            set = AttributeSet.Create(json.Write(all, int.MaxValue, context.MaxAttributeCharacters));
            Characters += set.Json.Length + ((long)CharactersOfAttribute * all.Count);
            limits.CheckShared(Characters);
            _sets.Add((shared.Hash, hash), set);
        }

        return set;
    }
}
