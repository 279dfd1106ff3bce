using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ActivityLog.Core.Messages;

/// <summary>Joins the attributes of the two parts of a message.</summary>
internal static class MetadataJson
{
    private const string SpanPrefix = "span.";
    private const string RecordPrefix = "record.";

    /// <summary>
    /// The own attributes of the joined message, whose shared ones are the lead's. What only the other part has is added by its name; what both have and differs
    /// stays the lead's, and the other's is kept as <c>span.&lt;key&gt;</c> (of a span) or <c>record.&lt;key&gt;</c>.
    /// </summary>
    /// <param name="lead">The one that speaks.</param>
    /// <param name="other">The other.</param>
    /// <param name="inputLength">What <see cref="ToolTexts.LengthName"/> tells of the joined message; null for nothing.</param>
    public static string Merge(Message lead, Message other, int? inputLength)
    {
        using var leadShared = JsonDocument.Parse(lead.Attributes.Json);
        using var leadOwn = JsonDocument.Parse(lead.Metadata);
        using var otherShared = JsonDocument.Parse(other.Attributes.Json);
        using var otherOwn = JsonDocument.Parse(other.Metadata);

        var merged = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in leadOwn.RootElement.EnumerateObject())
        {
            merged[property.Name] = property.Value;
        }

        var prefix = other.Parts.HasFlag(MessageParts.Event) ? RecordPrefix : SpanPrefix;
        var own = otherOwn.RootElement;
        foreach (var property in own.EnumerateObject())
        {
            Add(property);
        }

        foreach (var property in otherShared.RootElement.EnumerateObject())
        {
            if (!own.TryGetProperty(property.Name, out _))
            {
                Add(property);
            }
        }

        foreach (var name in merged.Keys.Where(static name => name.StartsWith(SpanPrefix, StringComparison.Ordinal)).ToList())
        {
            // Whether a span that comes before the event that speaks, or after it, differs from it is known in the end only.
            var key = name[SpanPrefix.Length..];
            if (IsSame(key, merged[name]) || IsSame(RecordPrefix + key, merged[name]))
            {
                merged.Remove(name);
            }
        }

        merged.Remove(ToolTexts.LengthName);
        return Write(merged, inputLength);

        bool IsSame(string name, JsonElement value) =>
            (merged.TryGetValue(name, out var known) || leadShared.RootElement.TryGetProperty(name, out known)) && JsonElement.DeepEquals(known, value);

        void Add(JsonProperty property)
        {
            var isShared = leadShared.RootElement.TryGetProperty(property.Name, out var known);
            if (merged.TryGetValue(property.Name, out var value))
            {
                (isShared, known) = (true, value);
            }

            if (!isShared)
            {
                merged[property.Name] = property.Value;
            }
            else if (!JsonElement.DeepEquals(known, property.Value) && !property.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                merged.TryAdd(prefix + property.Name, property.Value);
            }
        }
    }

    private static string Write(Dictionary<string, JsonElement> properties, int? inputLength)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in properties)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            if (inputLength is { } length)
            {
                writer.WriteNumber(ToolTexts.LengthName, length);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
