using System.Buffers.Binary;
using System.Buffers.Text;

namespace ActivityLog.Core.Messages;

/// <summary>Where a page of messages ended: the last row's place in the order. Outside it is opaque text.</summary>
/// <param name="OccurredAt">Unix microseconds.</param>
/// <param name="Key">The row's id.</param>
public readonly record struct MessageCursor(long OccurredAt, MessageKey Key)
{
    private const byte Version = 1;
    private const int Size = 25;

    /// <summary>The cursor of a text; null when it is none.</summary>
    public static MessageCursor? TryParse(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return Base64Url.IsValid(text, out var length) && length == Size && Base64Url.TryDecodeFromChars(text, bytes, out _) && bytes[0] == Version
            ? new MessageCursor(Read(bytes, 1), new MessageKey(Read(bytes, 9), Read(bytes, 17)))
            : null;
    }

    /// <summary>The text handed out.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], OccurredAt);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], Key.Session);
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], Key.Call);
        return Base64Url.EncodeToString(bytes);
    }

    private static long Read(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64BigEndian(bytes[at..]);
}
