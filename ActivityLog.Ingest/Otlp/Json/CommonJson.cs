using System.Text.Json;
using Google.Protobuf;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace ActivityLog.Ingest.Otlp.Json;

/// <summary>Reads what all signals have in common.</summary>
internal static class CommonJson
{
    /// <summary>Deepest nesting of values; about what the protobuf reader takes.</summary>
    private const int MaxValueDepth = 32;

    public static void ReadResource(ref Utf8JsonReader reader, Resource resource)
    {
        if (reader.ValueTextEquals("attributes"u8))
        {
            JsonValues.List<KeyValue>(ref reader, resource.Attributes, ReadKeyValue);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    public static void ReadScope(ref Utf8JsonReader reader, InstrumentationScope scope)
    {
        if (reader.ValueTextEquals("name"u8))
        {
            scope.Name = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("version"u8))
        {
            scope.Version = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("attributes"u8))
        {
            JsonValues.List<KeyValue>(ref reader, scope.Attributes, ReadKeyValue);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    public static void ReadKeyValue(ref Utf8JsonReader reader, KeyValue attribute)
    {
        if (reader.ValueTextEquals("key"u8))
        {
            attribute.Key = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("value"u8))
        {
            attribute.Value = JsonValues.Member<AnyValue>(ref reader, ReadValue);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    public static void ReadValue(ref Utf8JsonReader reader, AnyValue value)
    {
        if (reader.ValueTextEquals("stringValue"u8))
        {
            value.StringValue = JsonValues.Text(ref reader);
        }
        else if (reader.ValueTextEquals("intValue"u8))
        {
            value.IntValue = JsonValues.Int64(ref reader);
        }
        else if (reader.ValueTextEquals("boolValue"u8))
        {
            value.BoolValue = JsonValues.Bool(ref reader);
        }
        else if (reader.ValueTextEquals("doubleValue"u8))
        {
            value.DoubleValue = JsonValues.Double(ref reader);
        }
        else if (reader.ValueTextEquals("arrayValue"u8))
        {
            CheckDepth(ref reader);
            value.ArrayValue = JsonValues.Member<ArrayValue>(ref reader, ReadArray);
        }
        else if (reader.ValueTextEquals("kvlistValue"u8))
        {
            CheckDepth(ref reader);
            value.KvlistValue = JsonValues.Member<KeyValueList>(ref reader, ReadList);
        }
        else if (reader.ValueTextEquals("bytesValue"u8))
        {
            value.BytesValue = Bytes(ref reader);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadArray(ref Utf8JsonReader reader, ArrayValue array)
    {
        if (reader.ValueTextEquals("values"u8))
        {
            JsonValues.List<AnyValue>(ref reader, array.Values, ReadValue);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static void ReadList(ref Utf8JsonReader reader, KeyValueList list)
    {
        if (reader.ValueTextEquals("values"u8))
        {
            JsonValues.List<KeyValue>(ref reader, list.Values, ReadKeyValue);
        }
        else
        {
            JsonValues.Skip(ref reader);
        }
    }

    private static ByteString Bytes(ref Utf8JsonReader reader)
    {
        var text = JsonValues.Text(ref reader);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? ByteString.CopyFrom(bytes, 0, length)
            : throw new OtlpDecodeException("the JSON has a bytesValue that isn't base64");
    }

    // A level of values is two or three levels of JSON, above them the request's own.
    private static void CheckDepth(ref Utf8JsonReader reader)
    {
        const int JsonLevelsOfValue = 4;
        if (reader.CurrentDepth > MaxValueDepth * JsonLevelsOfValue)
        {
            throw new OtlpDecodeException("the JSON nests attribute values too deep");
        }
    }
}
