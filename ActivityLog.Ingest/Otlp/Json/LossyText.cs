using System.Globalization;
using System.Text;

namespace ActivityLog.Ingest.Otlp.Json;

/// <summary>Reads JSON text that isn't valid Unicode, with U+FFFD for what can't be read.</summary>
internal static class LossyText
{
    /// <param name="escaped">What stands between the quotes; its escapes are well-formed, the reader has checked that.</param>
    public static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        while (escaped.Length > 0)
        {
            var plain = escaped.IndexOf((byte)'\\');
            text.Append(Encoding.UTF8.GetString(plain < 0 ? escaped : escaped[..plain]));
            if (plain < 0)
            {
                break;
            }

            var isCode = escaped[plain + 1] == (byte)'u';
            text.Append(isCode ? Code(escaped.Slice(plain + 2, 4)) : Short(escaped[plain + 1]));
            escaped = escaped[(plain + (isCode ? 6 : 2))..];
        }

        // Halves of pairs that stand alone are repaired with the rest of the attributes.
        return text.ToString();
    }

    /// <summary>Whether there is half a surrogate pair in it, which the reader of JSON takes and then throws on.</summary>
    /// <param name="escaped">As for <see cref="Unescape"/>.</param>
    public static bool HasHalfPair(ReadOnlySpan<byte> escaped)
    {
        var isHalf = false;
        while (escaped.Length > 0)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain != 0)
            {
                if (isHalf || plain < 0)
                {
                    return isHalf;
                }

                escaped = escaped[plain..];
            }

            var isCode = escaped[1] == (byte)'u';
            var code = isCode ? Code(escaped.Slice(2, 4)) : ' ';
            if (char.IsLowSurrogate(code) != isHalf)
            {
                return true;
            }

            isHalf = char.IsHighSurrogate(code);
            escaped = escaped[(isCode ? 6 : 2)..];
        }

        return isHalf;
    }

    private static char Code(ReadOnlySpan<byte> hex) => (char)ushort.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static char Short(byte escape) => (char)escape switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        var other => other,
    };
}
