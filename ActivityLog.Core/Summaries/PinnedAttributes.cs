using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;

namespace ActivityLog.Core.Summaries;

/// <summary>
/// Finds the values of pinned attributes of a record: its own before those that it shares, as wherever attributes are read. What records share is looked
/// through once, and of their own attributes the JSON is read only where a pinned one occurs. Safe to call from many threads.
/// </summary>
internal sealed class PinnedAttributes
{
    // What is known stays known, to whom it was said; so it is given up as a whole.
    private const int MaxRemembered = 50_000;

    private readonly ConcurrentDictionary<long, PinnedValues> _shared = new();
    private readonly string[] _keys;
    private readonly PinnedValues _none;
    private readonly SearchValues<string>? _quoted;
    private readonly bool _mayBeEscaped;

    public PinnedAttributes(IEnumerable<string> keys)
    {
        _keys = [.. keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _none = new(_keys, new string?[_keys.Length]);
        _quoted = _keys.Length > 0 ? SearchValues.Create([.. _keys.Select(static key => $"\"{key}\"")], StringComparison.Ordinal) : null;
        _mayBeEscaped = _keys.Any(static key => !key.All(IsNeverEscaped));
    }

    /// <summary>Whether so many sets are known that the next transaction should begin with none.</summary>
    public bool IsFull => _shared.Count > MaxRemembered;

    /// <summary>Whether the attributes of a set were looked through.</summary>
    public bool Knows(long attributeSet) => _shared.ContainsKey(attributeSet);

    /// <summary>The values of a record.</summary>
    /// <param name="attributeSet">Key of the set that it shares.</param>
    /// <param name="attributes">The set's JSON; null for one that <see cref="Knows"/>, or that isn't there.</param>
    /// <param name="metadata">JSON of its own attributes.</param>
    public PinnedValues Of(long attributeSet, string? attributes, string metadata)
    {
        if (!_shared.TryGetValue(attributeSet, out var shared))
        {
            shared = attributes is null ? _none : Learn(attributeSet, attributes);
        }

        return MayHold(metadata) ? shared.Under(Read(metadata)) : shared;
    }

    private PinnedValues Learn(long attributeSet, string attributes) =>
        _shared.GetOrAdd(attributeSet, MayHold(attributes) ? new PinnedValues(_keys, Read(attributes)) : _none);

    private bool MayHold(string json) => _quoted is not null && (_mayBeEscaped || json.AsSpan().ContainsAny(_quoted));

    private string?[] Read(string json)
    {
        var values = new string?[_keys.Length];
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            var key = Array.FindIndex(_keys, property.NameEquals);
            if (key >= 0)
            {
                values[key] = property.Value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    // Escaped in one way, whoever wrote it: an engine may have written the JSON anew.
                    JsonValueKind.String => JsonSerializer.Serialize(property.Value.GetString()),
                    _ => property.Value.GetRawText(),
                };
            }
        }

        return values;
    }

    private static bool IsNeverEscaped(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or ':';
}
