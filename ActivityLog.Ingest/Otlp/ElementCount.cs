using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace ActivityLog.Ingest.Otlp;

/// <summary>
/// Counts the records, attributes and values of a large body before the generated classes decode it: an empty one takes two bytes on the wire and fifty times that
/// in memory.
/// </summary>
internal static class ElementCount
{
    /// <summary>Bodies up to this size can't hold enough to matter.</summary>
    private const int SmallBytes = 1024 * 1024;

    // What the protobuf reader refuses, too.
    private const int MaxDepth = 100;

    public static bool IsOver(int limit, ReadOnlySpan<byte> body, OtlpEncoding encoding, MessageDescriptor request)
    {
        if (body.Length <= SmallBytes)
        {
            return false;
        }

        var left = limit;
        if (encoding == OtlpEncoding.Protobuf)
        {
            CountMessages(body, request, ref left);
        }
        else
        {
            CountObjects(body, ref left);
        }

        return left < 0;
    }

    /// <summary>Takes one from <paramref name="left"/> for each message in the message, till it is negative.</summary>
    public static void CountMessages(ReadOnlySpan<byte> message, MessageDescriptor type, ref int left) => CountMessages(message, type, MaxDepth, ref left);

    private static void CountObjects(ReadOnlySpan<byte> body, ref int left)
    {
        var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body, new JsonReaderOptions { MaxDepth = OtlpRequest.MaxJsonDepth });
        while (left >= 0 && reader.Read())
        {
            left -= reader.TokenType == JsonTokenType.StartObject ? 1 : 0;
        }
    }

    private static void CountMessages(ReadOnlySpan<byte> message, MessageDescriptor type, int depth, ref int left)
    {
        while (left >= 0 && depth > 0 && TryReadVarint(ref message, out var tag))
        {
            ulong size;
            switch ((WireFormat.WireType)(tag & 7))
            {
                case WireFormat.WireType.Varint when TryReadVarint(ref message, out _):
                    continue;
                case WireFormat.WireType.Fixed64:
                    size = sizeof(ulong);
                    break;
                case WireFormat.WireType.Fixed32:
                    size = sizeof(uint);
                    break;
                case WireFormat.WireType.LengthDelimited when TryReadVarint(ref message, out size):
                    break;
                default:
                    return;
            }

            // What is broken is for the decoder to say.
            if (size > (ulong)message.Length)
            {
                return;
            }

            if ((tag & 7) == (ulong)WireFormat.WireType.LengthDelimited && tag >> 3 <= int.MaxValue
                && type.FindFieldByNumber((int)(tag >> 3)) is { FieldType: FieldType.Message } field)
            {
                left--;
                CountMessages(message[..(int)size], field.MessageType, depth - 1, ref left);
            }

            message = message[(int)size..];
        }
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
