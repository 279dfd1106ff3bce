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

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly List<string> _cut = [];

    public AttributeJson() => _json = new(_buffer, AnyValues.JsonOptions);

    /// <summary>The JSON of the attributes, in their order. Names must differ.</summary>
    /// <param name="attributes">What to write.</param>
    /// <param name="limitOf">Characters kept of a value, by its name.</param>
    /// <param name="maxCharacters">Characters kept of any value.</param>
    public string Write(IEnumerable<KeyValuePair<string, AttributeValue>> attributes, Func<string, int> limitOf, int maxCharacters)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _cut.Clear();
        _json.WriteStartObject();
        foreach (var (name, value) in attributes)
        {
            var limit = value.Length == 0 ? maxCharacters : Math.Min(limitOf(name), maxCharacters);
            var kept = value.Cut(limit, out var cut);
            if (cut)
            {
                _cut.Add(name);
            }

            _json.WritePropertyName(name);
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
}
