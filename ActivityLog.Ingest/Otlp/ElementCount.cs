using System.Text.Json;
using ActivityLog.Ingest.Otlp.Protobuf;
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

    /// <exception cref="OtlpDecodeException">It isn't protobuf.</exception>
    /// <exception cref="JsonException">It isn't JSON.</exception>
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

    /// <summary>Takes one from <paramref name="left"/> for each message in the message, till it is negative. Goes past what the decoder goes past.</summary>
    /// <exception cref="OtlpDecodeException">It isn't protobuf.</exception>
    public static void CountMessages(ReadOnlySpan<byte> message, MessageDescriptor type, ref int left) =>
        CountMessages(new ProtobufReader(message), type, ref left);

    private static void CountObjects(ReadOnlySpan<byte> body, ref int left)
    {
        var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body, new JsonReaderOptions { MaxDepth = OtlpRequest.MaxJsonDepth });
        while (left >= 0 && reader.Read())
        {
            left -= reader.TokenType == JsonTokenType.StartObject ? 1 : 0;
        }
    }

    private static void CountMessages(ProtobufReader message, MessageDescriptor type, ref int left)
    {
        while (left >= 0 && message.Next())
        {
            if (WireFormat.GetTagWireType(message.Tag) == WireFormat.WireType.LengthDelimited
                && type.FindFieldByNumber(WireFormat.GetTagFieldNumber(message.Tag)) is { FieldType: FieldType.Message } field)
            {
                left--;
                CountMessages(message.Message(), field.MessageType, ref left);
            }
            else
            {
                message.Skip();
            }
        }
    }
}
