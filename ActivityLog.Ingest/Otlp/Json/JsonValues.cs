using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace ActivityLog.Ingest.Otlp.Json;

/// <summary>Reads values of OTLP/JSON, each from the property's name on: ids in hex, 64-bit integers as text or number, enums as number or name; null is absent.</summary>
internal static class JsonValues
{
    /// <summary>Reads the value behind a property's name, which the reader stands on.</summary>
    public delegate void ReadProperty<in T>(ref Utf8JsonReader reader, T target);

    /// <summary>Reads an object's properties into the target.</summary>
    public static void Object<T>(ref Utf8JsonReader reader, T target, ReadProperty<T> read)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unexpected(ref reader, "an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsComparable(ref reader))
            {
                read(ref reader, target);
            }
            else
            {
                Skip(ref reader);
            }
        }
    }

    /// <summary>Whether the name or text that the reader stands on can be compared; one with half a surrogate pair equals none that is known.</summary>
    public static bool IsComparable(ref Utf8JsonReader reader) => !reader.ValueIsEscaped || !LossyText.HasHalfPair(reader.ValueSpan);

    /// <summary>Reads the object behind the property's name; a new one even for null.</summary>
    public static T Member<T>(ref Utf8JsonReader reader, ReadProperty<T> read)
        where T : new()
    {
        reader.Read();
        var target = new T();
        Object(ref reader, target, read);
        return target;
    }

    /// <summary>Reads the list of objects behind the property's name.</summary>
    public static void List<T>(ref Utf8JsonReader reader, ICollection<T> items, ReadProperty<T> read)
        where T : new()
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected(ref reader, "a list");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = new T();
            Object(ref reader, item, read);
            items.Add(item);
        }
    }

    /// <summary>What isn't known is ignored.</summary>
    public static void Skip(ref Utf8JsonReader reader) => reader.Skip();

    public static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => Unescape(ref reader),
            JsonTokenType.Null => "",
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => throw Unexpected(ref reader, "text"),
        };
    }

    public static bool Bool(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            JsonTokenType.String when reader.ValueSpan.SequenceEqual("true"u8) => true,
            JsonTokenType.String when reader.ValueSpan.SequenceEqual("false"u8) => false,
            _ => throw Unexpected(ref reader, "true or false"),
        };
    }

    public static long Int64(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        var isNumber = reader.TokenType is JsonTokenType.Number or JsonTokenType.String;
        if (isNumber && Utf8Parser.TryParse(reader.ValueSpan, out long whole, out var read) && read == reader.ValueSpan.Length)
        {
            return whole;
        }

        // 12.0 and 1.2e1 are whole numbers, too.
        return isNumber && TryDouble(ref reader, out var number) && Math.Abs(number) < 1L << 53 && number == Math.Truncate(number)
            ? (long)number
            : throw Unexpected(ref reader, "a 64-bit integer");
    }

    public static ulong UInt64(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        var isNumber = reader.TokenType is JsonTokenType.Number or JsonTokenType.String;
        if (isNumber && Utf8Parser.TryParse(reader.ValueSpan, out ulong whole, out var read) && read == reader.ValueSpan.Length)
        {
            return whole;
        }

        // JavaScript writes large numbers as 1.7e18.
        return isNumber && TryDouble(ref reader, out var number) && number is >= 0 and < 1.8e19 && number == Math.Truncate(number)
            ? (ulong)number
            : throw Unexpected(ref reader, "an unsigned 64-bit integer");
    }

    public static uint UInt32(ref Utf8JsonReader reader) => (uint)Math.Min(UInt64(ref reader), uint.MaxValue);

    public static double Double(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => 0,
            JsonTokenType.Number or JsonTokenType.String when TryDouble(ref reader, out var number) => number,
            _ => throw Unexpected(ref reader, "a number"),
        };
    }

    /// <summary>An enum's number, also from its name in the protocol; 0 for a name that isn't known.</summary>
    public static int Enum(ref Utf8JsonReader reader, EnumDescriptor names)
    {
        if (IsNameNext(reader))
        {
            return names.FindValueByName(Text(ref reader))?.Number ?? 0;
        }

        return (int)Math.Clamp(Int64(ref reader), int.MinValue, int.MaxValue);
    }

    /// <summary>A severity's number; 0 for a name, since the text beside it says the same.</summary>
    public static int Severity(ref Utf8JsonReader reader)
    {
        if (IsNameNext(reader))
        {
            reader.Read();
            return 0;
        }

        return (int)Math.Clamp(Int64(ref reader), 0, int.MaxValue);
    }

    /// <summary>An id in hex, either case; what isn't hex is no id.</summary>
    public static ByteString Id(ref Utf8JsonReader reader)
    {
        var text = Text(ref reader);
        var bytes = new byte[text.Length / 2];
        return text.Length is > 0 and <= 64 && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            ? UnsafeByteOperations.UnsafeWrap(bytes)
            : ByteString.Empty;
    }

    public static OtlpDecodeException Unexpected(ref Utf8JsonReader reader, string expected) => new(
        string.Create(CultureInfo.InvariantCulture, $"the JSON has {reader.TokenType} where {expected} should be (byte {reader.TokenStartIndex})"));

    private static bool IsNameNext(Utf8JsonReader peek) =>
        peek.Read() && peek.TokenType == JsonTokenType.String && peek.ValueSpan.Length > 0 && char.IsAsciiLetter((char)peek.ValueSpan[0]);

    private static bool TryDouble(ref Utf8JsonReader reader, out double number) =>
        double.TryParse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    // Half a surrogate pair, or bytes that aren't UTF-8: one bad text must not cost its neighbours.
    private static string Unescape(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped ? Encoding.UTF8.GetString(reader.ValueSpan)
        : LossyText.HasHalfPair(reader.ValueSpan) || !Utf8.IsValid(reader.ValueSpan) ? LossyText.Unescape(reader.ValueSpan)
        : reader.GetString()!;
}
