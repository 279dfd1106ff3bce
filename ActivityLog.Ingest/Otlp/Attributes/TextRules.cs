using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>What text must be like to be kept: valid, without U+0000 (PostgreSQL keeps none), and no longer than asked for.</summary>
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

    /// <summary>
    /// The first <paramref name="characters"/> Unicode characters, or a few less: what a reader sees as one (an emoji of several) is kept whole or left out.
    /// </summary>
    public static string Cut(string text, int characters, out bool cut)
    {
        cut = false;
        if (text.Length <= characters)
        {
            return text;
        }

        var end = 0;
        for (var count = 0; end < text.Length && count < characters; count++)
        {
            end += char.IsHighSurrogate(text[end]) && end + 1 < text.Length ? 2 : 1;
        }

        if (end >= text.Length)
        {
            return text;
        }

        cut = true;
        return text[..WholeElements(text, end)];
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

    // A text element is found from a little before the end: no reader sees more than that as one character.
    private static int WholeElements(string text, int end)
    {
        const int Reach = 64;
        var start = Math.Max(0, end - Reach);
        start += start > 0 && char.IsLowSurrogate(text[start]) ? 1 : 0;
        var kept = start;
        for (var next = start; next <= end && next < text.Length; next += StringInfo.GetNextTextElementLength(text.AsSpan(next)))
        {
            kept = next;
        }

        // Nothing but one enormous element: a whole Unicode character has to do.
        return kept > start ? kept : end;
    }
}
