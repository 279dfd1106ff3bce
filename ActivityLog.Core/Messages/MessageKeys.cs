using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace ActivityLog.Core.Messages;

/// <summary>
/// Makes the two halves of a <see cref="MessageKey"/>. A key is for life: these functions must never change for data that is kept.
/// The hash isn't a cryptographic one; that a System's number is in the primary key besides keeps others from crafting a collision.
/// </summary>
public static class MessageKeys
{
    /// <summary>What the first half of a key is made from. Stored in keys: never renumber.</summary>
    public enum SessionSource : byte
    {
        /// <summary>The sender's session id.</summary>
        Session = 1,

        /// <summary>No session: the request id (or response id) that both forms of a call bear.</summary>
        Request = 2,

        /// <summary>No session: the tool use id that both forms of a tool call bear.</summary>
        ToolUse = 3,

        /// <summary>None of them: the trace id (lower-case hex).</summary>
        Trace = 4,

        /// <summary>Nothing at all: the content's hash, so that each stands alone.</summary>
        Content = 5,
    }

    /// <summary>What the second half of a key is made from. Stored in keys: never renumber.</summary>
    public enum CallSource : byte
    {
        /// <summary>A good call, by request or response id.</summary>
        Generation = 1,

        /// <summary>A failed call, by request or response id.</summary>
        Error = 2,

        /// <summary>A tool call, by tool use id; never by the request id that parallel tools share with their generation.</summary>
        Tool = 3,

        /// <summary>A span, by trace and span id.</summary>
        Span = 4,

        /// <summary>Anything else, by its whole content.</summary>
        Content = 5,
    }

    /// <summary>The first half: System and session, or what stands in for a session.</summary>
    public static long Session(int systemKey, SessionSource source, ReadOnlySpan<char> id) => Hash(systemKey, (byte)source, id);

    /// <summary>The second half: kind of row and its id.</summary>
    public static long Call(CallSource source, ReadOnlySpan<char> id) => Hash(0, (byte)source, id);

    /// <summary>The second half of a row without any id, from a hash of all of its content.</summary>
    public static long Content(ulong contentHash)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = (byte)CallSource.Content;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[1..], contentHash);
        return (long)XxHash3.HashToUInt64(bytes);
    }

    /// <summary>The key of the generation that bears a request id: how a tool call finds its parent without asking the store.</summary>
    public static MessageKey Generation(int systemKey, string? sessionId, string requestId) => new(
        sessionId is null ? Session(systemKey, SessionSource.Request, requestId) : Session(systemKey, SessionSource.Session, sessionId),
        Call(CallSource.Generation, requestId));

    private static long Hash(int number, byte source, ReadOnlySpan<char> id)
    {
        var size = 5 + Encoding.UTF8.GetMaxByteCount(id.Length);
        var bytes = size <= 512 ? stackalloc byte[512] : new byte[size];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        bytes[4] = source;
        var length = 5 + Encoding.UTF8.GetBytes(id, bytes[5..]);
        return (long)XxHash3.HashToUInt64(bytes[..length]);
    }
}
