using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>What text and numbers must be like to be kept: valid, and without U+0000, which PostgreSQL doesn't keep.</summary>
internal static class TextRules
{
    private const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> s_suspicious = SearchValues.Create(
        [(char)0, .. Enumerable.Range(0xD800, 0x800).Select(static code => (char)code)]);

    /// <summary>The text, with U+FFFD for each U+0000 and each half of a surrogate pair that stands alone.</summary>
    public static string Repair(string text)
    {
        var first = text.AsSpan().IndexOfAny(s_suspicious);
        if (first < 0)
        {
            return text;
        }

        char[]? repaired = null;
        for (var i = first; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
            {
                repaired ??= text.ToCharArray();
                repaired[i] = Replacement;
            }
        }

        return repaired is null ? text : new string(repaired);
    }

    /// <summary>JSON has no word for NaN and the infinities: they are written as text.</summary>
    public static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        }
    }
}
