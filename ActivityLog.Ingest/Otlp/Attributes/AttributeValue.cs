using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using ActivityLog.Core.Messages;

namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>
/// The value of an attribute, free of the encoding it came in. Senders write the same number as text, int or double, by version:
/// every reader of a number takes all three.
/// </summary>
internal readonly struct AttributeValue : IEquatable<AttributeValue>
{
    private readonly string? _text;
    private readonly long _bits;

    private AttributeValue(AttributeKind kind, string? text, long bits)
    {
        Kind = kind;
        _text = text;
        _bits = bits;
    }

    public AttributeKind Kind { get; }

    /// <summary>Characters of the text, list, object or base64; 0 for the others.</summary>
    public int Length => _text?.Length ?? 0;

    public static AttributeValue Text(string value) => new(AttributeKind.Text, value, 0);

    public static AttributeValue Bool(bool value) => new(AttributeKind.Bool, null, value ? 1 : 0);

    public static AttributeValue Int(long value) => new(AttributeKind.Int, null, value);

    public static AttributeValue Double(double value) => new(AttributeKind.Double, null, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A list or an object.</summary>
    public static AttributeValue Json(string json) => new(AttributeKind.Json, json, 0);

    public static AttributeValue Bytes(ReadOnlySpan<byte> value) => new(AttributeKind.Bytes, Convert.ToBase64String(value), 0);

    /// <summary>The value as text; null for nothing and for empty or blank text.</summary>
    public string? AsText() => Kind switch
    {
        AttributeKind.None => null,
        AttributeKind.Bool => _bits != 0 ? "true" : "false",
        AttributeKind.Int => _bits.ToString(CultureInfo.InvariantCulture),
        AttributeKind.Double => BitConverter.Int64BitsToDouble(_bits).ToString("R", CultureInfo.InvariantCulture),
        _ => string.IsNullOrWhiteSpace(_text) ? null : _text,
    };

    /// <summary>The value as a whole number; null for what isn't one.</summary>
    public long? AsInt64()
    {
        switch (Kind)
        {
            case AttributeKind.Int:
                return _bits;
            case AttributeKind.Text when long.TryParse(_text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole):
                return whole;
            default:
                return AsDouble() is { } number && Math.Abs(number) < 1L << 53 ? (long)Math.Round(number) : null;
        }
    }

    /// <summary>The value as a number; null for what isn't a finite one.</summary>
    public double? AsDouble()
    {
        var number = Kind switch
        {
            AttributeKind.Int => _bits,
            AttributeKind.Double => BitConverter.Int64BitsToDouble(_bits),
            AttributeKind.Text when double.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : null;
    }

    /// <summary>The value as true or false; null for what is neither.</summary>
    public bool? AsBool() => Kind switch
    {
        AttributeKind.Bool or AttributeKind.Int => _bits != 0,
        AttributeKind.Text when string.Equals(_text, "true", StringComparison.OrdinalIgnoreCase) => true,
        AttributeKind.Text when string.Equals(_text, "false", StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    /// <summary>The same text, list or object with no more than <paramref name="characters"/>; a list or an object that is cut turns into text.</summary>
    public AttributeValue Cut(int characters, out bool cut)
    {
        cut = false;
        if (_text is null || _text.Length <= characters)
        {
            return this;
        }

        var text = BodyText.Cut(_text, characters, out cut);
        return cut ? new(Kind == AttributeKind.Json ? AttributeKind.Text : Kind, text, 0) : this;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        switch (Kind)
        {
            case AttributeKind.Bool:
                json.WriteBooleanValue(_bits != 0);
                break;
            case AttributeKind.Int:
                json.WriteNumberValue(_bits);
                break;
            case AttributeKind.Double:
                TextRules.WriteNumber(json, BitConverter.Int64BitsToDouble(_bits));
                break;
            case AttributeKind.Json:
                json.WriteRawValue(_text!, skipInputValidation: true);
                break;
            case AttributeKind.Text or AttributeKind.Bytes:
                json.WriteStringValue(_text);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    /// <summary>A hash of kind and value.</summary>
    public ulong Hash(ulong seed) => _text is null
        ? XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in _bits)), (long)seed ^ (long)Kind)
        : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(_text.AsSpan()), (long)seed ^ (long)Kind);

    public bool Equals(AttributeValue other) => Kind == other.Kind && _bits == other._bits && _text == other._text;

    public override bool Equals(object? obj) => obj is AttributeValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, _bits, _text);
}
