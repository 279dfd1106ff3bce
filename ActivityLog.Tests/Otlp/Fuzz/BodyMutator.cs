using System.Text;
using ActivityLog.Ingest.Otlp;

namespace ActivityLog.Tests.Otlp.Fuzz;

/// <summary>Breaks bodies: bytes changed, taken out, put in, doubled and moved; and what each encoding is known to stumble over.</summary>
internal static class BodyMutator
{
    private const int MaxBytes = 64 * 1024;

    private static readonly byte[][] s_json =
    [
        .. new[]
        {
            "null", "true", "{}", "[]", "[[", "{\"", "}", "]", ",", ":", "\"", "\\u0000", "\\ud800", "\\udc00\\ud800", "\\", "\\x", "1e999", "-1e999", "1e-999", "-0", "0x1",
            "99999999999999999999999999", "-9223372036854775809", "18446744073709551616", "\"NaN\"", "\"\"", "\t", "\uFEFF", "/*", "\u2028",
            "{\"arrayValue\":{\"values\":[{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":",
        }.Select(Encoding.UTF8.GetBytes),
        [0x80], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x00],
    ];

    // Lengths, tags and numbers that are too large, end too early, or are groups that nobody sends any more.
    private static readonly byte[][] s_protobuf =
    [
        [0x00], [0xFF], [0x80], [0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80], [0x0B], [0x0C], [0x0B, 0x0C], [0x0A, 0x00], [0x12, 0x00], [0x0A, 0x7F], [0xED, 0xA0, 0x80],
        [0xC0, 0x80], [0xF8, 0xFF, 0xFF, 0xFF, 0x0F, 0x01], [0x09, 0, 0, 0, 0, 0, 0, 0xF0, 0x7F], [0x21, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F],
    ];

    public static byte[] Mutate(byte[] body, byte[] other, OtlpEncoding encoding, Random random)
    {
        var bytes = new List<byte>(body);
        for (var changes = 1 + random.Next(6); changes > 0; changes--)
        {
            Change(bytes, other, encoding == OtlpEncoding.Json ? s_json : s_protobuf, random);
        }

        return bytes.Count > MaxBytes ? [.. bytes.Take(MaxBytes)] : [.. bytes];
    }

    private static void Change(List<byte> bytes, byte[] other, byte[][] words, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 1 << random.Next(1, 10)), bytes.Count - at);
        switch (random.Next(10))
        {
            case 0 or 1 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2 or 3 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 6 when other.Length > 0:
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 500))]);
                break;
            case 7 when random.Next(3) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 8:
                var word = words[random.Next(words.Length)];
                bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
                bytes.InsertRange(at, word);
                break;
            default:
                bytes.InsertRange(at, words[random.Next(words.Length)]);
                break;
        }
    }
}
