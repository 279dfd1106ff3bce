using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenTelemetry.Proto.Common.V1;

namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>Turns the generated <see cref="AnyValue"/> into an <see cref="AttributeValue"/>: the seam between how a request was decoded and how it is mapped.</summary>
internal static class AnyValues
{
    /// <summary>JSON as it is kept: compact, and readable in any script.</summary>
    public static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static AttributeValue Read(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => AttributeValue.Text(TextRules.Repair(value.StringValue)),
        AnyValue.ValueOneofCase.BoolValue => AttributeValue.Bool(value.BoolValue),
        AnyValue.ValueOneofCase.IntValue => AttributeValue.Int(value.IntValue),
        AnyValue.ValueOneofCase.DoubleValue => AttributeValue.Double(value.DoubleValue),
        AnyValue.ValueOneofCase.BytesValue => AttributeValue.Bytes(value.BytesValue.Span),
        AnyValue.ValueOneofCase.ArrayValue or AnyValue.ValueOneofCase.KvlistValue => AttributeValue.Json(ToJson(value)),
        _ => default,
    };

    /// <summary>Attributes by name, the last of equal names.</summary>
    public static Dictionary<AttributeName, AttributeValue> ReadAll(IEnumerable<KeyValue> attributes)
    {
        var values = new Dictionary<AttributeName, AttributeValue>();
        foreach (var attribute in attributes)
        {
            values[AttributeName.Of(attribute.Key)] = Read(attribute.Value);
        }

        return values;
    }

    private static string ToJson(AnyValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            Write(json, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, AnyValue? value)
    {
        switch (value?.ValueCase)
        {
            case AnyValue.ValueOneofCase.ArrayValue:
                json.WriteStartArray();
                foreach (var item in value.ArrayValue.Values)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case AnyValue.ValueOneofCase.KvlistValue:
                WriteObject(json, value.KvlistValue);
                break;
            default:
                Read(value).WriteTo(json);
                break;
        }
    }

    // Sorted, the last of equal names: the same content is the same text.
    private static void WriteObject(Utf8JsonWriter json, KeyValueList list)
    {
        var members = new SortedDictionary<string, AnyValue?>(StringComparer.Ordinal);
        foreach (var member in list.Values)
        {
            members[TextRules.Repair(member.Key)] = member.Value;
        }

        json.WriteStartObject();
        foreach (var (name, member) in members)
        {
            json.WritePropertyName(name);
            Write(json, member);
        }

        json.WriteEndObject();
    }
}
