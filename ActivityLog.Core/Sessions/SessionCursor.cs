using System.Buffers.Binary;
using System.Buffers.Text;

namespace ActivityLog.Core.Sessions;

/// <summary>Where a page of sessions ended: the last row's place in the order. Outside it is opaque text.</summary>
/// <param name="Sort">The order.</param>
/// <param name="First">What it is ordered by; of money the whole dollars.</param>
/// <param name="Second">The rest of it.</param>
/// <param name="SystemKey">Number of the System.</param>
/// <param name="SessionKey">Key of the session.</param>
public readonly record struct SessionCursor(SessionSort Sort, long First, long Second, int SystemKey, long SessionKey)
{
    private const byte Version = 1;
    private const int Size = 30;

    /// <summary>The cursor of a text; null when it is none of this order.</summary>
    public static SessionCursor? TryParse(string text, SessionSort sort)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return Base64Url.IsValid(text, out var length) && length == Size && Base64Url.TryDecodeFromChars(text, bytes, out _)
            && bytes[0] == Version && bytes[1] == (byte)sort
                ? new SessionCursor(
                    sort,
                    BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
                    BinaryPrimitives.ReadInt64BigEndian(bytes[10..]),
                    BinaryPrimitives.ReadInt32BigEndian(bytes[18..]),
                    BinaryPrimitives.ReadInt64BigEndian(bytes[22..]))
                : null;
    }

    /// <summary>The text handed out.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = Version;
        bytes[1] = (byte)Sort;
        BinaryPrimitives.WriteInt64BigEndian(bytes[2..], First);
        BinaryPrimitives.WriteInt64BigEndian(bytes[10..], Second);
        BinaryPrimitives.WriteInt32BigEndian(bytes[18..], SystemKey);
        BinaryPrimitives.WriteInt64BigEndian(bytes[22..], SessionKey);
        return Base64Url.EncodeToString(bytes);
    }
}
