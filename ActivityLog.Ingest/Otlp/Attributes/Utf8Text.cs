using System.Text;

namespace ActivityLog.Ingest.Otlp.Attributes;

/// <summary>Text as protobuf has it. What isn't UTF-8 is read with U+FFFD in its place, as the generated classes do: one bad text must not cost its neighbours.</summary>
internal static class Utf8Text
{
    public static string Read(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? "" : Encoding.UTF8.GetString(utf8);

    /// <summary>The text as it is kept. What was read from UTF-8 has no halves of surrogate pairs, which leaves U+0000 to replace.</summary>
    public static string ReadRepaired(ReadOnlySpan<byte> utf8)
    {
        var text = Read(utf8);
        return utf8.Contains((byte)0) ? TextRules.Repair(text) : text;
    }
}
