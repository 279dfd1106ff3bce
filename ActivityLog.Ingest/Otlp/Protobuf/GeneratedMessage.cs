using Google.Protobuf;

namespace ActivityLog.Ingest.Otlp.Protobuf;

/// <summary>Decodes messages with their generated classes.</summary>
internal static class GeneratedMessage
{
    /// <exception cref="InvalidProtocolBufferException">The bytes are no such message.</exception>
    /// <exception cref="OtlpDecodeException">Likewise.</exception>
    public static T Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (IndexOutOfRangeException e)
        {
            // The library's own sums overflow at a length near the largest number, and it reads on behind the end of the bytes.
            throw new OtlpDecodeException("the protobuf can't be read: a length is too large", e);
        }
    }
}
