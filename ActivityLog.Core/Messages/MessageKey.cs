using System.Buffers.Binary;

namespace ActivityLog.Core.Messages;

/// <summary>
/// A message's identity within its System, and all of its id outside: two 64-bit hashes, so that whichever part of a message comes first
/// finds the same row, a replay finds its row, and the rows of a session lie side by side.
/// </summary>
/// <param name="Session">Hash of System and session; without a session, of what both forms of a call bear (see <see cref="MessageKeys"/>).</param>
/// <param name="Call">Hash of the kind of row and its id, or of its whole content where it has none.</param>
public readonly record struct MessageKey(long Session, long Call)
{
    /// <summary>The UUID shown outside.</summary>
    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Session);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Call);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The key behind a UUID of <see cref="ToGuid"/>.</summary>
    public static MessageKey FromGuid(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return new MessageKey(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
    }
}
