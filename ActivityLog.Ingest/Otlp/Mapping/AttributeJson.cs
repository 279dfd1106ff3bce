using System.Buffers;
using System.Text;
using System.Text.Json;
using ActivityLog.Ingest.Otlp.Attributes;

namespace ActivityLog.Ingest.Otlp.Mapping;

/// <summary>Writes attributes as a flat JSON object. Keeps its buffer from object to object; not for two threads at once.</summary>
internal sealed class AttributeJson : IDisposable
{
    /// <summary>Names of the attributes that were cut.</summary>
    public const string CutName = "attributes.cut";

    /// <summary>Most characters that all names and values of an object have together: lists read the objects of many rows.</summary>
    public const int MaxCharacters = 256 * 1024;

    // Stands among the names where so many attributes came that not even their names are kept.
    private const string LeftOut = "…";

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly List<string> _cut = [];

    public AttributeJson() => _json = new(_buffer, AnyValues.JsonOptions);

    /// <summary>
    /// The JSON of the attributes, in their order. Names must differ. Where they are too much together, the largest values are cut first, to the same length.
    /// </summary>
    /// <param name="attributes">What to write.</param>
    /// <param name="contentCharacters">Characters kept of what people or models wrote.</param>
    /// <param name="maxCharacters">Characters kept of any value.</param>
    public string Write(IReadOnlyCollection<KeyValuePair<AttributeName, AttributeValue>> attributes, int contentCharacters, int maxCharacters)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _cut.Clear();
        _json.WriteStartObject();
        var limits = new Limits(Math.Min(contentCharacters, maxCharacters), maxCharacters);
        limits = limits with { Share = ShareOf(attributes, limits) };
        var names = 0;
        foreach (var (name, value) in attributes)
        {
            names += name.Text.Length + 1;
            if (names > MaxCharacters)
            {
                _cut.Add(LeftOut);
                break;
            }

            var kept = value.Cut(limits.Of(name), out var cut);
            if (cut)
            {
                _cut.Add(name.Text);
            }

            _json.WritePropertyName(name.Json);
            kept.WriteTo(_json);
        }

        if (_cut.Count > 0)
        {
            _json.WriteStartArray(CutName);
            foreach (var name in _cut)
            {
                _json.WriteStringValue(name);
            }

            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    public void Dispose() => _json.Dispose();

    // How long a value may be, so that all of them fit: what small ones leave is for the others.
    private static int ShareOf(IReadOnlyCollection<KeyValuePair<AttributeName, AttributeValue>> attributes, Limits limits)
    {
        long room = MaxCharacters;
        long all = 0;
        foreach (var (name, value) in attributes)
        {
            room -= name.Text.Length;
            all += Math.Min(value.Length, limits.Of(name));
        }

        if (all <= room)
        {
            return int.MaxValue;
        }

        var left = attributes.Count;
        foreach (var length in attributes.Select(attribute => Math.Min(attribute.Value.Length, limits.Of(attribute.Key))).Order())
        {
            if (length * (long)left > room)
            {
                break;
            }

            room -= length;
            left--;
        }

        return (int)Math.Max(0, room / Math.Max(1, left));
    }

    // Characters kept of a value: of content, of any, and so that all fit.
    private readonly record struct Limits(int Content, int Any, int Share = int.MaxValue)
    {
        public int Of(AttributeName name) => Math.Min(name.Row.IsContent ? Content : Any, Share);
    }
}
